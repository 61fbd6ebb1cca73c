package dev.bulla.vault;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.GrantSecret;
import dev.bulla.key.HostKeyring;
import dev.bulla.seal.GrantSeal;
import dev.bulla.seal.MemberPair;
import dev.bulla.seal.SealContext;
import dev.bulla.seal.Sealer;
import dev.bulla.store.GrantRow;
import dev.bulla.store.Sealed;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * Makes the rows of grants, and opens them. Thread-safe, no I/O.
 *
 * <p><b>Contents.</b> A JSON object of {@code key}, the private half of the member's pair, base64url without padding: it opens what is
 * sealed to the member, and the member's key can not be computed from it; {@code tools} and {@code connections}, as in the row; {@code
 * until}, epoch milliseconds. What a grant is for is read from here, so that nobody widens it who can write the database; a row that says
 * otherwise is refused.
 */
public final class GrantBox {
    private final Sealer sealer;
    private final GrantSeal seal;

    public GrantBox(HostKeyring ring) {
        this.sealer = new Sealer(ring);
        this.seal = new GrantSeal(sealer);
    }

    /** The id of the row that belongs to a secret. */
    public static String id(GrantSecret secret) {
        return GrantSeal.id(secret);
    }

    /**
     * A row that gives what the opener opens with its active key to the holder of the secret.
     *
     * @param tools one a line, as {@code GrantScope} writes them
     * @param connections one a line
     */
    public GrantRow seal(
            GrantSecret secret,
            String tenant,
            String member,
            Opener opener,
            String tools,
            String connections,
            long createdAt,
            long expiresAt) {
        String id = GrantSeal.id(secret);
        int keyNo = opener.keyNo();
        byte[] key = opener.pair(keyNo).revealPrivateKey();
        byte[] plain = PlainJson.write(Map.of(
                "key",
                Base64.getUrlEncoder().withoutPadding().encodeToString(key),
                "tools",
                tools,
                "connections",
                connections,
                "until",
                expiresAt));
        Arrays.fill(key, (byte) 0);
        byte[] record = seal.seal(secret, context(tenant, member, id, keyNo), plain);
        Arrays.fill(plain, (byte) 0);
        return new GrantRow(
                id,
                tenant,
                member,
                keyNo,
                tools,
                connections,
                Sealed.of(record, sealer.termOf(record)),
                createdAt,
                expiresAt,
                null);
    }

    /**
     * Opens a row with its secret.
     *
     * @throws BullaException {@code RECORD_REFUSED} where the row says anything else than what is sealed, and as {@link Vault#open} does
     */
    public Content open(GrantSecret secret, GrantRow row) {
        SealContext context = context(row.tenant(), row.member(), row.id(), row.keyNo());
        byte[] plain = seal.open(secret, context, row.sealed().bytes());
        Map<String, Object> fields = PlainJson.read(plain);
        Arrays.fill(plain, (byte) 0);
        if (!PlainJson.text(fields, "tools").equals(row.tools())
                || !PlainJson.text(fields, "connections").equals(row.connections())
                || !Objects.equals(PlainJson.numberOrNull(fields, "until"), row.expiresAt())) {
            throw new BullaException(ErrorCode.RECORD_REFUSED, "the row of a grant says something else than its seal");
        }
        byte[] key = Base64.getUrlDecoder().decode(PlainJson.text(fields, "key"));
        Content content = new Content(row, MemberPair.ofPrivateKey(key));
        Arrays.fill(key, (byte) 0);
        return content;
    }

    private static SealContext context(String tenant, String member, String id, int keyNo) {
        return new SealContext(tenant, member, "", id, Purpose.GRANT.label(), keyNo);
    }

    /** An opened grant: its row, and the pair that it holds. {@code toString} shows neither. */
    public static final class Content {
        private final GrantRow row;
        private final MemberPair pair;

        private Content(GrantRow row, MemberPair pair) {
            this.row = row;
            this.pair = pair;
        }

        public GrantRow row() {
            return row;
        }

        MemberPair pair() {
            return pair;
        }

        @Override
        public String toString() {
            return "Content[redacted]";
        }
    }
}
