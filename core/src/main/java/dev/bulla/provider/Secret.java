package dev.bulla.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not be shown: token, key, client secret, code. {@code toString} is redacted, there is no {@code equals}, it is
 * not serialisable, and reading it is one loud call. Immutable and thread-safe. The text stays in memory until it is collected:
 * the JVM offers no way to wipe it for certain, and this class does not pretend to.
 */
public final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException where the text is empty */
    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a secret may not be empty");
        }
        return new Secret(text);
    }

    /** The text itself: never log it, never put it into an exception or a URL. */
    public String reveal() {
        return text;
    }

    /** Compares in constant time for texts of equal length. */
    public boolean matches(Secret other) {
        return MessageDigest.isEqual(
                text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Secret[redacted]";
    }
}
