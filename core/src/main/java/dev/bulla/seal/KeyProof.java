package dev.bulla.seal;

import dev.bulla.key.HostKeyring;

/**
 * The proof on a member's public-key row that this host wrote it: whoever can write the database but lacks the ring can
 * not swap a member's key for their own.
 *
 * <p>It is HMAC-SHA256, as base64url without padding, over standing, tenant, member, key number and public key (texts and key
 * behind two bytes of length, the number as four bytes), under HKDF-SHA256 of a host term without salt, label
 * {@code bulla/host key/v1/member key row}. The term stands beside it. Immutable and thread-safe.
 */
public final class KeyProof {
    private final HostKeyring ring;

    public KeyProof(HostKeyring ring) {
        this.ring = ring;
    }

    /**
     * A proof as it is stored.
     *
     * @param mac the code
     * @param term the host term that made it
     */
    public record Proof(String mac, int term) {}

    /** Where a key stands. A proof of the one is none of the other, so that nobody can move an offered key into an active one's place. */
    public enum Standing {
        /** Shown to the member, and not yet proven. */
        OFFERED,
        /** What records are sealed to. */
        ACTIVE
    }

    /** The proof for a row, under the active term. */
    public Proof prove(Standing standing, String tenant, String member, int keyNo, MemberPublicKey key) {
        int term = ring.activeTerm();
        return new Proof(mac(standing, term, tenant, member, keyNo, key), term);
    }

    /**
     * Whether the proof is this host's for exactly this row; compared in constant time.
     *
     * @throws dev.bulla.error.BullaException {@code HOST_KEY_MISSING} where the ring lacks the proof's term
     */
    public boolean holds(Proof proof, Standing standing, String tenant, String member, int keyNo, MemberPublicKey key) {
        return Digests.same(proof.mac(), mac(standing, proof.term(), tenant, member, keyNo, key));
    }

    private String mac(Standing standing, int term, String tenant, String member, int keyNo, MemberPublicKey key) {
        byte[] row = new Fields()
                .text(standing.name())
                .text(tenant)
                .text(member)
                .u32(keyNo)
                .sized(key.bytes())
                .toBytes();
        return Digests.keyed(ring, term, Labels.KEY_PROOF, row);
    }
}
