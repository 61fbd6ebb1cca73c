package dev.bulla.seal;

import dev.bulla.key.HostKeyring;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A keyed hash of a token, to tell later whether it was this one, without keeping it. Without the ring nobody can test
 * guesses.
 *
 * <p>The text is the number of a host term, a dot, and 43 characters of base64url: HMAC-SHA256 over the token's UTF-8
 * under HKDF-SHA256 of that term without salt, label {@code bulla/host key/v1/token digest}. Immutable and thread-safe.
 */
public final class TokenDigest {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})\\.[A-Za-z0-9_-]{43}");

    private final HostKeyring ring;

    public TokenDigest(HostKeyring ring) {
        this.ring = ring;
    }

    /** The digest under the active term. */
    public String of(String token) {
        return digest(ring.activeTerm(), token);
    }

    /**
     * Whether the digest was made of this token, under whichever term; false for a text that is no digest.
     *
     * @throws dev.bulla.error.BullaException {@code HOST_KEY_MISSING} where the ring lacks the digest's term
     */
    public boolean matches(String token, String digest) {
        Matcher form = FORM.matcher(digest);
        return form.matches() && Digests.same(digest, digest(Integer.parseInt(form.group(1)), token));
    }

    private String digest(int term, String token) {
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        return term + "." + Digests.keyed(ring, term, Labels.TOKEN_DIGEST, bytes);
    }
}
