package dev.bulla.integrations.mcp;

import dev.bulla.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** What a request brings to say who is asking. {@code toString} never shows it. */
final class Bearer {
    private static final String SCHEME = "bearer ";

    private final String text;

    private Bearer(String text) {
        this.text = text;
    }

    static Optional<Bearer> of(WebRequest request) {
        return request.header("authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip())
                .filter(value -> !value.isEmpty())
                .map(Bearer::new);
    }

    String reveal() {
        return text;
    }

    /** Tells this one from others within a tenant; kept instead of it. */
    String digest(String tenant) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(tenant.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            return Base64.getEncoder().encodeToString(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "Bearer[redacted]";
    }
}
