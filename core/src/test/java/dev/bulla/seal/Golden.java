package dev.bulla.seal;

import dev.bulla.key.GrantSecret;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * A record of version 1 that was committed with its keys. These files are never edited: every release must open them.
 */
final class Golden {
    private final Json json;

    private Golden(Json json) {
        this.json = json;
    }

    static Golden host() {
        return read("record-v1-host.json");
    }

    static Golden member() {
        return read("record-v1-member.json");
    }

    static Golden grant() {
        return read("record-v1-grant.json");
    }

    GrantSecret grantSecret() {
        return GrantSecret.parse(json.text("grant"));
    }

    String grantId() {
        return json.text("id");
    }

    HostKeyring ring() {
        return HostKeyring.fromText(json.text("ring"));
    }

    MemberPair pair() {
        return MemberPair.of(MemberKey.parse(json.text("memberKey")));
    }

    String publicKey() {
        return json.text("publicKey");
    }

    String fingerprint() {
        return json.text("fingerprint");
    }

    int keyNo() {
        return json.number("keyNo");
    }

    SealContext context() {
        Json context = json.object("context");
        return new SealContext(
                context.text("tenant"),
                context.text("member"),
                context.text("connection"),
                context.text("account"),
                context.text("purpose"),
                context.longNumber("sealNo"));
    }

    byte[] payload() {
        return json.text("payload").getBytes(StandardCharsets.UTF_8);
    }

    byte[] record() {
        return json.hex("record");
    }

    byte[] inner() {
        return new OuterLock(ring(), new SecureRandom()).open(record(), context());
    }

    /** Other inner bytes behind a genuine outer lock, as whoever holds the ring could make them. */
    byte[] relocked(byte[] inner) {
        return new OuterLock(ring(), new SecureRandom()).close(inner, context());
    }

    /** The source that the committed records were made with: the SHA-256 of 0, 1, 2 ... one after the other. */
    static SecureRandom countingRandom() {
        return new SecureRandom() {
            private static final long serialVersionUID = 1L;
            private byte count;

            @Override
            public void nextBytes(byte[] bytes) {
                try {
                    byte[] hash = MessageDigest.getInstance("SHA-256").digest(new byte[] {count++});
                    System.arraycopy(hash, 0, bytes, 0, bytes.length);
                } catch (NoSuchAlgorithmException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    private static Golden read(String name) {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(name), name)) {
            return new Golden(Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
