package dev.bulla.seal;

import dev.bulla.key.GrantSecret;
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

    private MemberPair(byte[] privateKey) {
        this.privateKey = privateKey;
        publicKey = new MemberPublicKey(
                new X25519PrivateKeyParameters(privateKey).generatePublicKey().getEncoded());
    }

    private static MemberPair derived(byte[] seed, byte[] label) {
        return new MemberPair(Hkdf.derive(seed, Hkdf.NO_SALT, label, MemberPublicKey.LENGTH));
    }

    /** The pair of a key. */
    public static MemberPair of(MemberKey key) {
        byte[] seed = key.revealSeed();
        try {
            return derived(seed, Labels.MEMBER_X25519);
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
        return derived(seed, Labels.MEMBER_X25519);
    }

    /**
     * A pair as {@link #revealPrivateKey} gave it.
     *
     * @throws dev.bulla.error.BullaException {@code RECORD_REFUSED} where that is not of 32 bytes
     */
    public static MemberPair ofPrivateKey(byte[] key) {
        if (key.length != MemberPublicKey.LENGTH) {
            throw Refusal.record();
        }
        return new MemberPair(key.clone());
    }

    /** The pair of a grant, derived under a label of its own: the same bytes as a member key give another. */
    static MemberPair of(GrantSecret secret) {
        byte[] bytes = secret.revealBytes();
        try {
            return derived(bytes, Labels.GRANT_X25519);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The half that may be stored and shown. */
    public MemberPublicKey publicKey() {
        return publicKey;
    }

    /** A fresh copy: it opens what is sealed to the key. The key itself can not be computed from it. */
    public byte[] revealPrivateKey() {
        return privateKey.clone();
    }

    @Override
    public String toString() {
        return "MemberPair[" + publicKey.fingerprint() + "]";
    }
}
