package dev.bulla.seal;

import dev.bulla.key.HostKeyring;

/**
 * The proof on a member's public-key row that this host wrote it: whoever can write the database but lacks the ring can
 * not swap a member's key for their own.
 *
 * <p>It is HMAC-SHA256, as base64url without padding, over tenant, member, key number and public key (texts and key
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

    /** The proof for a row, under the active term. */
    public Proof prove(String tenant, String member, int keyNo, MemberPublicKey key) {
        int term = ring.activeTerm();
        return new Proof(mac(term, tenant, member, keyNo, key), term);
    }

    /**
     * Whether the proof is this host's for exactly this row; compared in constant time.
     *
     * @throws dev.bulla.error.BullaException {@code HOST_KEY_MISSING} where the ring lacks the proof's term
     */
    public boolean holds(Proof proof, String tenant, String member, int keyNo, MemberPublicKey key) {
        return Digests.same(proof.mac(), mac(proof.term(), tenant, member, keyNo, key));
    }

    private String mac(int term, String tenant, String member, int keyNo, MemberPublicKey key) {
        byte[] row = new Fields()
                .text(tenant)
                .text(member)
                .u32(keyNo)
                .sized(key.bytes())
                .toBytes();
        return Digests.keyed(ring, term, Labels.KEY_PROOF, row);
    }
}
