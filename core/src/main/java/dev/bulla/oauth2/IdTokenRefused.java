package dev.bulla.oauth2;

/** An ID token is not taken; the reason is one of a few fixed words. Stays within this package. */
final class IdTokenRefused extends Exception {
    private static final long serialVersionUID = 1L;

    IdTokenRefused(String reason) {
        super(reason);
    }

    static void unless(boolean condition, String reason) throws IdTokenRefused {
        if (!condition) {
            throw new IdTokenRefused(reason);
        }
    }
}
