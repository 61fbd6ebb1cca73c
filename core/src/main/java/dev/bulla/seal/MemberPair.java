package dev.bulla.seal;

import dev.bulla.key.MemberKey;
import java.util.Arrays;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/**
 * The key pair of a member key: the X25519 private key (RFC 7748) is HKDF-SHA256 (RFC 5869) over the seed without salt,
 * under a label of its own, and the public key is always computed from it. Holding the pair is holding the key: {@code
 * toString} shows the public half, the class is not comparable and not serialisable. Immutable and thread-safe.
 */
public final class MemberPair {
    private static final int SEED = 32;

    private final byte[] privateKey;
    private final MemberPublicKey publicKey;

    private MemberPair(byte[] seed) {
        privateKey = Hkdf.derive(seed, Hkdf.NO_SALT, Labels.MEMBER_X25519, MemberPublicKey.LENGTH);
        publicKey = new MemberPublicKey(
                new X25519PrivateKeyParameters(privateKey).generatePublicKey().getEncoded());
    }

    /** The pair of a key. */
    public static MemberPair of(MemberKey key) {
        byte[] seed = key.revealSeed();
        try {
            return new MemberPair(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /**
     * The pair of an earlier key, whose seed was kept sealed to a later one; the array is not kept.
     *
     * @throws dev.bulla.error.BullaException {@code RECORD_REFUSED} where the seed is not of 32 bytes
     */
    public static MemberPair ofSeed(byte[] seed) {
        if (seed.length != SEED) {
            throw Refusal.record();
        }
        return new MemberPair(seed);
    }

    /** The half that may be stored and shown. */
    public MemberPublicKey publicKey() {
        return publicKey;
    }

    byte[] revealPrivateKey() {
        return privateKey.clone();
    }

    @Override
    public String toString() {
        return "MemberPair[" + publicKey.fingerprint() + "]";
    }
}
