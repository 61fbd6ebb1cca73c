package dev.bulla.testkit.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** Digests and fresh random texts. Tokens are kept by their digest, so that neither memory nor file lists them. */
final class Hash {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private Hash() {}

    /** SHA-256 in base64url; also the S256 challenge of a verifier (RFC 7636 section 4.2). */
    static String of(String text) {
        return URL.encodeToString(digest(text));
    }

    /** The left half of the SHA-256 (OpenID Connect Core section 3.1.3.6). */
    static String half(String text) {
        return URL.encodeToString(Arrays.copyOf(digest(text), 16));
    }

    static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    /** 256 random bits behind a prefix. */
    static String fresh(String prefix) {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return prefix + URL.encodeToString(bytes);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
