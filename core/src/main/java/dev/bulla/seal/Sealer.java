package dev.bulla.seal;

import dev.bulla.key.HostKeyring;
import java.security.SecureRandom;

/**
 * Seals payloads into records and opens them. Thread-safe; holds nothing but the ring.
 *
 * <p><b>Promise.</b> A record opens only under the host term that locks it, for exactly the {@link SealContext} that it
 * was sealed for, unaltered; and where it is sealed to a member key, only with that key. Every write has a new data
 * key, so sealing again needs neither the old record nor the member. What it does not promise: that the record is the
 * newest one of its number, and anything against whoever controls the running host.
 *
 * <p><b>Record, version 1.</b> Numbers are big-endian. The version will never change its meaning: every release opens
 * what any earlier one wrote.
 *
 * <pre>
 * outer   4  magic 8B 42 4C 41
 *         1  version, 1
 *         4  host term, 1 or more
 *        32  salt, random
 *         n  AES-256-GCM of the inner record, tag at the end
 *
 * inner   2  suite, 1
 *         1  number of slots, 1 to 8
 *         s  slots, in rising order of their key number (a host slot counts as 0), none twice
 *        32  key commitment
 *         p  AES-256-GCM of the payload, tag at the end
 *
 * host slot      1  type, 1
 *               32  data key
 *
 * member slot    1  type, 2
 *                4  key number, 1 or more
 *               16  fingerprint of the public key
 *               32  encapsulated key
 *               48  HPKE ciphertext of the data key
 * </pre>
 *
 * <ul>
 *   <li>Outer lock: key (32 bytes) and nonce (12) are HKDF-SHA256 (RFC 5869) of the term's key with the salt, label
 *       {@code bulla/record/v1/outer lock}. Associated data: the 41 bytes of the header, then the context.
 *   <li>Context: tenant, member, connection, account, purpose as UTF-8 behind two bytes of length, then the seal
 *     number, eight bytes.
 *   <li>Payload lock: key and nonce are HKDF-SHA256 of the data key without salt, label {@code
 *     bulla/record/v1/payload}. Associated data: the label behind two bytes of length, the suite, the context. The host
 *     term is not in it, so that {@link #rewrap} touches the outer lock alone.
 *   <li>Key commitment: HKDF-SHA256 of the data key without salt, label {@code bulla/record/v1/commitment}; compared in
 *     constant time before the payload is opened.
 *   <li>Member slot: HPKE (RFC 9180) in base mode, suite DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Its
 *     {@code info} is the label {@code bulla/record/v1/member slot} behind two bytes of length, the suite, the context,
 *     the key number (four bytes); its associated data is empty.
 * </ul>
 *
 * <p>A record has at most 131,072 bytes and one encoding; unknown versions, suites and slot types are refused, never
 * skipped. A record is 141 bytes longer than its payload where it is sealed to the host, 209 where it is sealed to one
 * member key.
 *
 * <p><b>Errors.</b> Whatever keeps a record from opening is {@code RECORD_REFUSED}, without a reason, except {@code
 * HOST_KEY_MISSING} for a term that the ring lacks, {@code KEY_REQUIRED} for a member-sealed record opened without a
 * pair, and {@code KEY_WRONG} for one opened with the pair of another key.
 */
public final class Sealer {
    private final HostKeyring ring;
    private final SecureRandom random;
    private final OuterLock outer;

    public Sealer(HostKeyring ring) {
        this(ring, new SecureRandom());
    }

    /** With a chosen random source: for records that a test compares byte by byte, and for nothing else. */
    Sealer(HostKeyring ring, SecureRandom random) {
        this.ring = ring;
        this.random = random;
        this.outer = new OuterLock(ring, random);
    }

    /**
     * A record that the host alone opens, under the active term.
     *
     * @throws IllegalArgumentException where the record would be longer than 131,072 bytes
     */
    public byte[] sealToHost(SealContext context, byte[] payload) {
        DataKey key = DataKey.fresh(random);
        return seal(key, new HostSlot(key), context, payload);
    }

    /**
     * A record that opens with the member key whose public half this is, and not without. The caller has verified the
     * key with {@link KeyProof}.
     *
     * @param keyNo the number of the key, 1 or more
     * @throws IllegalArgumentException where the record would be longer than 131,072 bytes, or {@code keyNo} is below 1
     * @throws dev.bulla.error.BullaException {@code KEY_ROW_REFUSED} where nothing can be sealed to the public key
     */
    public byte[] sealToMember(SealContext context, MemberPublicKey recipient, int keyNo, byte[] payload) {
        if (keyNo < 1) {
            throw new IllegalArgumentException("key numbers begin at 1");
        }
        DataKey key = DataKey.fresh(random);
        return seal(key, MemberSlot.seal(key, context, recipient, keyNo, random), context, payload);
    }

    /** The payload of a host-sealed record. */
    public byte[] open(byte[] record, SealContext context) {
        return unwrap(record, context).open();
    }

    /** The payload of a record that is sealed to the key of this pair, or to the host. */
    public byte[] open(byte[] record, SealContext context, MemberPair pair) {
        return unwrap(record, context).open(pair);
    }

    /** Opens the outer lock only, for whoever has to know what the record is sealed to before it is opened. */
    public Unwrapped unwrap(byte[] record, SealContext context) {
        return new Unwrapped(inner(record, context), context);
    }

    /**
     * The number of the member key that the record is sealed to; 0 where the host opens it alone. Opens the outer lock
     * only.
     */
    public int keyNo(byte[] record, SealContext context) {
        return unwrap(record, context).keyNo();
    }

    /**
     * The same inner record under the active term; the record itself where that is its term already. Needs no member.
     * Answers only for records that are genuine as far as the host can tell.
     */
    public byte[] rewrap(byte[] record, SealContext context) {
        byte[] inner = inner(record, context).toBytes();
        return termOf(record) == ring.activeTerm() ? record.clone() : outer.close(inner, context);
    }

    /** The host term on the record; nothing of the record is verified, and the ring need not have the term. */
    public int termOf(byte[] record) {
        return OuterLock.termOf(record);
    }

    /** The term that seals. */
    public int activeTerm() {
        return ring.activeTerm();
    }

    private byte[] seal(DataKey key, Slot slot, SealContext context, byte[] payload) {
        return outer.close(InnerRecord.seal(key, slot, context, payload).toBytes(), context);
    }

    private InnerRecord inner(byte[] record, SealContext context) {
        return InnerRecord.parse(outer.open(record, context));
    }
}
