package dev.bulla.seal;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/**
 * HPKE in base mode (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; one message, no associated data
 * beside {@code info}. Every operation makes its own {@link HPKE}: that class keeps state, and shared between threads
 * it gives messages that nobody can open.
 */
final class HpkeBox {
    static final int ENCAPSULATED = 32;

    private static final byte[] NO_ASSOCIATED_DATA = new byte[0];

    /** An encapsulated key and the ciphertext under it. */
    record Box(byte[] encapsulated, byte[] ciphertext) {}

    private HpkeBox() {}

    /** {@code ephemeral} is 32 fresh random bytes, the sender's private key for this message. */
    static Box seal(MemberPublicKey recipient, byte[] ephemeral, byte[] info, byte[] plain) {
        try {
            HPKE hpke = hpke();
            X25519PrivateKeyParameters sender = new X25519PrivateKeyParameters(ephemeral);
            HPKEContextWithEncapsulation context = hpke.setupBaseS(
                    hpke.deserializePublicKey(recipient.bytes()),
                    info,
                    new AsymmetricCipherKeyPair(sender.generatePublicKey(), sender));
            return new Box(context.getEncapsulation(), context.seal(NO_ASSOCIATED_DATA, plain));
        } catch (InvalidCipherTextException | RuntimeException e) {
            // A public key of low order gives no shared secret.
            throw Refusal.publicKey();
        }
    }

    static byte[] open(MemberPair pair, Box box, byte[] info) {
        try {
            HPKE hpke = hpke();
            // A foreign public key would be taken unseen; the pair has computed this one from its private key.
            AsymmetricCipherKeyPair keys = hpke.deserializePrivateKey(
                    pair.revealPrivateKey(), pair.publicKey().bytes());
            return hpke.setupBaseR(box.encapsulated(), keys, info).open(NO_ASSOCIATED_DATA, box.ciphertext());
        } catch (InvalidCipherTextException | RuntimeException e) {
            throw Refusal.record();
        }
    }

    private static HPKE hpke() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }
}
