package dev.bulla.seal;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.GrantSecret;
import java.util.Arrays;
import java.util.Base64;

/**
 * Seals what a grant opens. Thread-safe.
 *
 * <p><b>Promise.</b> The record opens with the grant's secret under the host's term, for exactly its {@link SealContext}, and not
 * otherwise: whoever has the database and all of the host's keys lacks the secret, and whoever has the secret lacks record and term.
 *
 * <p><b>Record, version 1.</b> That of {@link Sealer}, version 1, with one member slot of key number 1. The slot's recipient is the X25519
 * key (RFC 7748) whose private half is HKDF-SHA256 (RFC 5869) of the secret's 32 bytes without salt, label {@code
 * bulla/grant/v1/x25519}. The id of a grant is HKDF-SHA256 of the secret likewise, label {@code bulla/grant/v1/id}, 32 bytes as base64url
 * without padding: from it nothing of the secret can be computed. The context's purpose is {@code grant}, its account the grant's id, its
 * seal number that of the member's key.
 */
public final class GrantSeal {
    private static final int SLOT = 1;
    private static final int ID = 32;

    private final Sealer sealer;

    public GrantSeal(Sealer sealer) {
        this.sealer = sealer;
    }

    /** What stands in the row in place of the secret. */
    public static String id(GrantSecret secret) {
        byte[] bytes = secret.revealBytes();
        try {
            byte[] id = Hkdf.derive(bytes, Hkdf.NO_SALT, Labels.GRANT_ID, ID);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** A record of these bytes, under the active term. */
    public byte[] seal(GrantSecret secret, SealContext context, byte[] payload) {
        return sealer.sealToMember(context, MemberPair.of(secret).publicKey(), SLOT, payload);
    }

    /** What {@link #seal} sealed. @throws BullaException {@code RECORD_REFUSED}, {@code KEY_WRONG} or {@code HOST_KEY_MISSING} */
    public byte[] open(GrantSecret secret, SealContext context, byte[] record) {
        Unwrapped inner = sealer.unwrap(record, context);
        if (inner.keyNo() != SLOT) {
            throw new BullaException(ErrorCode.RECORD_REFUSED, "the record is not sealed to a grant");
        }
        return inner.open(MemberPair.of(secret));
    }
}
