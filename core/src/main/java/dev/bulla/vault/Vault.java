package dev.bulla.vault;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.provider.Secret;
import dev.bulla.seal.MemberPair;
import dev.bulla.seal.SealContext;
import dev.bulla.seal.Sealer;
import dev.bulla.seal.TokenDigest;
import dev.bulla.seal.Unwrapped;
import dev.bulla.store.AccountRow;
import dev.bulla.store.Sealed;
import java.util.Arrays;
import java.util.Base64;

/** Seals payloads and secrets into store bytes and opens them again. Thread-safe, no I/O. */
public final class Vault {
    /** A ticket has one key. */
    private static final int TICKET_KEY = 1;

    private final Sealer sealer;
    private final TokenDigest digests;

    public Vault(HostKeyring ring) {
        this.sealer = new Sealer(ring);
        this.digests = new TokenDigest(ring);
    }

    /** Seals an account's payload as its {@code sealNo}-th contents: to the member's key where there is one. */
    public Sealed seal(AccountRow account, long sealNo, Lock lock, Payload payload) {
        SealContext context = context(account, sealNo);
        byte[] plain = PayloadCodec.encode(payload);
        var key = lock.key();
        byte[] record = key == null
                ? sealer.sealToHost(context, plain)
                : sealer.sealToMember(context, key, lock.keyNo(), plain);
        return Sealed.of(record, sealer.termOf(record));
    }

    /**
     * Opens an account's record.
     *
     * @throws BullaException {@code KEY_REQUIRED}, {@code KEY_WRONG}, {@code HOST_KEY_MISSING} or {@code RECORD_REFUSED}
     */
    public Payload open(AccountRow account, Opener opener) {
        Sealed sealed = account.sealed();
        if (sealed == null) {
            throw new BullaException(ErrorCode.NOT_CONNECTED, "the account holds nothing");
        }
        Unwrapped record = sealer.unwrap(sealed.bytes(), context(account, account.sealNo()));
        if (record.keyNo() != account.keyNo()) {
            throw new BullaException(
                    ErrorCode.RECORD_REFUSED, "the record is not sealed to the key that its row tells");
        }
        byte[] plain = account.keyNo() == 0 ? record.open() : record.open(opener.pair(account.keyNo()));
        return PayloadCodec.decode(plain);
    }

    static SealContext context(AccountRow account, long sealNo) {
        return new SealContext(
                account.tenant(),
                account.member(),
                account.connectionId(),
                account.id(),
                Purpose.ACCOUNT.label(),
                sealNo);
    }

    /** Seals bytes that the host itself needs; {@code member} is empty where they belong to none, {@code id} names the row. */
    public Sealed sealForHost(
            Purpose purpose, String tenant, String member, String connectionId, String id, long sealNo, byte[] plain) {
        byte[] record =
                sealer.sealToHost(new SealContext(tenant, member, connectionId, id, purpose.label(), sealNo), plain);
        return Sealed.of(record, sealer.termOf(record));
    }

    /** Opens what {@link #sealForHost} sealed under the same names. */
    public byte[] openForHost(
            Purpose purpose, String tenant, String member, String connectionId, String id, long sealNo, Sealed sealed) {
        return sealer.open(sealed.bytes(), new SealContext(tenant, member, connectionId, id, purpose.label(), sealNo));
    }

    /**
     * Seals bytes that open with the ticket alone: its holder needs the host, and the host needs its holder.
     *
     * @param ticket 256 random bits, base64url; it is used for this record only and stored nowhere
     * @param id names the row
     */
    public Sealed sealForTicket(
            String ticket, String tenant, String member, String connectionId, String id, byte[] plain) {
        byte[] record = sealer.sealToMember(
                ticketContext(tenant, member, connectionId, id), pair(ticket).publicKey(), TICKET_KEY, plain);
        return Sealed.of(record, sealer.termOf(record));
    }

    /**
     * Opens what {@link #sealForTicket} sealed under the same names.
     *
     * @throws BullaException {@code KEY_WRONG}, {@code HOST_KEY_MISSING} or {@code RECORD_REFUSED}
     */
    public byte[] openForTicket(
            String ticket, String tenant, String member, String connectionId, String id, Sealed sealed) {
        Unwrapped record = sealer.unwrap(sealed.bytes(), ticketContext(tenant, member, connectionId, id));
        if (record.keyNo() != TICKET_KEY) {
            throw new BullaException(ErrorCode.RECORD_REFUSED, "the record is not sealed to a ticket");
        }
        return record.open(pair(ticket));
    }

    private static SealContext ticketContext(String tenant, String member, String connectionId, String id) {
        return new SealContext(tenant, member, connectionId, id, Purpose.TICKET.label(), 1);
    }

    private static MemberPair pair(String ticket) {
        byte[] seed = Base64.getUrlDecoder().decode(ticket);
        try {
            return MemberPair.ofSeed(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** A keyed hash that recognises a token without telling it. */
    public String digest(Secret token) {
        return digests.of(token.reveal());
    }
}
