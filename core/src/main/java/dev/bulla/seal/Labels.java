package dev.bulla.seal;

import java.nio.charset.StandardCharsets;

/**
 * What each derived key is for. A label is the {@code info} of HKDF, or the first field of what is authenticated; no
 * two uses share one, and none of them may ever change. Further pairs of a member (post-quantum, signing) get labels of
 * their own, so that they need no new member key.
 */
final class Labels {
    static final byte[] OUTER_LOCK = ascii("bulla/record/v1/outer lock");
    static final byte[] PAYLOAD = ascii("bulla/record/v1/payload");
    static final byte[] COMMITMENT = ascii("bulla/record/v1/commitment");
    static final byte[] MEMBER_SLOT = ascii("bulla/record/v1/member slot");
    static final byte[] MEMBER_X25519 = ascii("bulla/member key/v1/x25519");
    static final byte[] FINGERPRINT = ascii("bulla/member key/v1/fingerprint");
    static final byte[] GRANT_X25519 = ascii("bulla/grant/v1/x25519");
    static final byte[] GRANT_ID = ascii("bulla/grant/v1/id");
    static final byte[] KEY_PROOF = ascii("bulla/host key/v1/member key row");
    static final byte[] TOKEN_DIGEST = ascii("bulla/host key/v1/token digest");

    private Labels() {}

    private static byte[] ascii(String label) {
        return label.getBytes(StandardCharsets.US_ASCII);
    }
}
