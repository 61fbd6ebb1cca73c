package dev.bulla.connection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Random ids and secrets, hashes of them, and the form of names that hosts and owners give. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 _:-]{0,99}");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final String ANEW = "anew-";

    private Ids() {}

    /** 128 random bits, base64url: for rows. */
    public static String id() {
        return random(16);
    }

    /**
     * The id of a write that fills an account which held nothing, because it had been disconnected or reset; and of the answers of
     * refreshes after it, until the next consent.
     */
    public static String anew() {
        return ANEW + id();
    }

    public static boolean isAnew(String attempt) {
        return attempt.startsWith(ANEW);
    }

    /** 256 random bits, base64url: for states, browser secrets and verifiers (RFC 7636 section 4.1). */
    public static String secret() {
        return random(32);
    }

    private static String random(int size) {
        byte[] bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 of an ASCII text, base64url without padding. */
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256");
        }
    }

    /** Compares two texts in constant time for equal lengths. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a text has the form of {@link #id}. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Whether a text may name a connection: letters, digits, blank, hyphen, underscore and colon, at most 100. */
    public static boolean isConnectionName(String name) {
        return NAME.matcher(name).matches() && !name.endsWith(" ");
    }
}
