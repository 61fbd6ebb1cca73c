package dev.bulla.vault;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import dev.bulla.seal.KeyProof;
import dev.bulla.seal.KeyProof.Standing;
import dev.bulla.seal.MemberPair;
import dev.bulla.seal.MemberPublicKey;
import dev.bulla.seal.SealContext;
import dev.bulla.seal.Sealer;
import dev.bulla.store.AccountRow;
import dev.bulla.store.MemberRow;
import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.Sealed;
import dev.bulla.store.Store;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes and verifies members' key rows. A row carries a message authentication code of the host ring over tenant, member, number and
 * public key; a row without a valid one is never sealed to, and a missing one is never taken for "no key yet" while records are
 * sealed to a key. Thread-safe.
 */
public final class KeyRows {
    /** A reset leaves a key row too, with its own proof: the all-zero key, which nobody can hold and nothing can be sealed to. */
    private static final MemberPublicKey NOBODY = MemberPublicKey.parse("A".repeat(43));

    private final Sealer sealer;
    /** Tenant and member of the row that recognises the ring; a host cannot name a member like this. */
    private static final String RING = "\u0001ring";

    private final KeyProof proofs;
    private final Store store;
    private final int activeTerm;

    public KeyRows(HostKeyring ring, Store store) {
        this.sealer = new Sealer(ring);
        this.proofs = new KeyProof(ring);
        this.activeTerm = ring.activeTerm();
        this.store = store;
    }

    /**
     * Reads what the member's records are sealed to now; makes the member's row where it is missing.
     *
     * @throws BullaException {@code KEY_ROW_REFUSED} where the row lacks its proof, or is not the one that the records know
     */
    public Lock lock(String tenant, String member) {
        // the records first: keys only count upwards, so a row that is read later can not be behind them by a race
        int newest = store.accounts().newestKeyNo(tenant, member);
        return lock(store.members().findOrCreate(tenant, member), newest);
    }

    /** As {@link #lock(String, String)}, but a member who was removed is not brought back: empty. */
    public Optional<Lock> lockIfThere(String tenant, String member) {
        int newest = store.accounts().newestKeyNo(tenant, member);
        return store.members().find(tenant, member).map(row -> lock(row, newest));
    }

    private Lock lock(MemberRow row, int newest) {
        refuseOlder(row, newest);
        KeyRow key = row.key();
        if (key == null) {
            return withoutKey(row, newest);
        }
        MemberPublicKey verified = active(row, key);
        return new Lock(key.keyNo(), verified.equals(NOBODY) ? null : verified);
    }

    /** The records are asked themselves: a column that says "host" can be written by somebody who removed the key as well. */
    private Lock withoutKey(MemberRow row, int newest) {
        boolean sealed =
                store.accounts().ofMember(row.tenant(), row.member()).stream().anyMatch(this::isSealedToAKey);
        if (!sealed) {
            return new Lock(0, null);
        }
        // a first key may have come since the row was read; it never goes away again
        MemberRow now = store.members().findOrCreate(row.tenant(), row.member());
        if (now.key() == null) {
            throw new BullaException(
                    ErrorCode.KEY_ROW_REFUSED, "records are sealed to a member key, but the member's row holds none");
        }
        return lock(now, newest);
    }

    private boolean isSealedToAKey(AccountRow account) {
        Sealed sealed = account.sealed();
        try {
            return sealed != null && sealer.keyNo(sealed.bytes(), Vault.context(account, account.sealNo())) > 0;
        } catch (BullaException e) { // a record that is damaged, or locked by a term of another node, says nothing
            return false;
        }
    }

    /** A row that was removed, emptied or brought back from earlier is never sealed under. */
    private static void refuseOlder(MemberRow row, int newest) {
        if (newest > row.keyNo() || (row.key() == null && row.keyNo() > 0)) {
            throw new BullaException(
                    ErrorCode.KEY_ROW_REFUSED,
                    "the member's row does not hold the key that the member's records are sealed to");
        }
    }

    private MemberPublicKey active(MemberRow row, KeyRow key) {
        if (key.keyNo() != row.keyNo()) {
            throw new BullaException(ErrorCode.KEY_ROW_REFUSED, "the member's key is not the one that the row counts");
        }
        return verified(row, key, Standing.ACTIVE);
    }

    /** The public key of a row. @throws BullaException {@code KEY_ROW_REFUSED} where the proof does not hold */
    private MemberPublicKey verified(MemberRow row, KeyRow key, Standing standing) {
        MemberPublicKey parsed = MemberPublicKey.parse(key.publicKey());
        KeyProof.Proof proof = new KeyProof.Proof(key.mac(), key.macTerm());
        if (!proofs.holds(proof, standing, row.tenant(), row.member(), key.keyNo(), parsed)) {
            throw new BullaException(
                    ErrorCode.KEY_ROW_REFUSED, "the member's public key does not carry a valid proof of this host");
        }
        return parsed;
    }

    /**
     * Recognises the ring: a row that belongs to no member carries a proof under the active term. Another ring with the same numbers
     * would otherwise be noticed only when nothing opens.
     *
     * @throws BullaException {@code SETUP} where these are not the keys that this database was used with
     */
    public void recogniseRing() {
        MemberRow row = store.members().findOrCreate(RING, RING);
        KeyRow key = row.key();
        if (key != null && !isOurs(row, key)) {
            throw new BullaException(
                    ErrorCode.SETUP,
                    "the host keys are not those that this database was used with: their term " + key.macTerm()
                            + " is another key");
        }
        if (key == null || key.macTerm() != activeTerm) {
            KeyRow proof = reset(row, store.now());
            store.members()
                    .update(
                            row,
                            new MemberRow(
                                    row.tenant(),
                                    row.member(),
                                    proof.keyNo(),
                                    proof,
                                    null,
                                    row.rowVersion(),
                                    UUID.randomUUID().toString(),
                                    row.changedAt()));
        }
    }

    private boolean isOurs(MemberRow row, KeyRow key) {
        try {
            return active(row, key).equals(NOBODY);
        } catch (BullaException e) {
            if (e.code() == ErrorCode.KEY_ROW_REFUSED) {
                return false;
            }
            throw e;
        }
    }

    /** Whom a key belongs to within a tenant, as far as the rows tell; unlocking says whether that is so. */
    public Optional<String> owner(String tenant, MemberKey key) {
        return store.members().findByKey(tenant, publicKey(key).text()).map(MemberRow::member);
    }

    /** Whether the member has a key that can be presented. */
    public static boolean present(MemberRow row) {
        return row.key() != null && !row.key().publicKey().equals(NOBODY.text());
    }

    /** Whether this is the member's active key. @throws BullaException {@code KEY_ROW_REFUSED} where the row lacks its proof */
    public boolean isActive(MemberRow row, MemberKey presented) {
        KeyRow key = row.key();
        return key != null && present(row) && active(row, key).equals(publicKey(presented));
    }

    /** Whether this is the key that was offered to the member last. @throws BullaException {@code KEY_ROW_REFUSED} likewise */
    public boolean isOffered(MemberRow row, MemberKey presented) {
        KeyRow offered = row.offered();
        return offered != null
                && offered.keyNo() == row.keyNo() + 1
                && verified(row, offered, Standing.OFFERED).equals(publicKey(presented));
    }

    private static MemberPublicKey publicKey(MemberKey key) {
        return MemberPair.of(key).publicKey();
    }

    /** To compare by eye. @throws BullaException {@code KEY_ROW_REFUSED} where the row lacks its proof */
    public String fingerprint(MemberRow row, KeyRow key) {
        return active(row, key).fingerprint();
    }

    /** The offered key as the active one, with a proof of its own. */
    public KeyRow activated(MemberRow row, KeyRow offered) {
        MemberPublicKey key = verified(row, offered, Standing.OFFERED);
        KeyProof.Proof proof = proofs.prove(Standing.ACTIVE, row.tenant(), row.member(), offered.keyNo(), key);
        return new KeyRow(
                offered.keyNo(),
                offered.publicKey(),
                proof.mac(),
                proof.term(),
                offered.previous(),
                offered.createdAt());
    }

    /** Whether the member's last key was lost and reset, and no new one has come since. */
    public boolean isReset(MemberRow row) {
        return row.key() != null
                && active(row, row.key()).equals(NOBODY)
                && store.accounts().newestKeyNo(row.tenant(), row.member()) <= row.keyNo();
    }

    /**
     * The row of a member who has lost the key: it counts on, so that nothing sealed to the lost key is committed any more. It is
     * the way out of a refused row too.
     */
    public KeyRow reset(MemberRow row, long now) {
        int newest = store.accounts().newestKeyNo(row.tenant(), row.member());
        return make(row, Math.max(row.keyNo(), newest) + 1, NOBODY, Map.of(), now, Standing.ACTIVE);
    }

    /** A row for a new key with the next number, offered; {@code previousSeeds} are those that it replaces, by number. */
    public KeyRow make(MemberRow row, MemberKey key, Map<Integer, byte[]> previousSeeds, long now) {
        return make(row, row.keyNo() + 1, publicKey(key), previousSeeds, now, Standing.OFFERED);
    }

    private KeyRow make(
            MemberRow row,
            int keyNo,
            MemberPublicKey publicKey,
            Map<Integer, byte[]> previousSeeds,
            long now,
            Standing standing) {
        KeyProof.Proof proof = proofs.prove(standing, row.tenant(), row.member(), keyNo, publicKey);
        return new KeyRow(
                keyNo,
                publicKey.text(),
                proof.mac(),
                proof.term(),
                previousSeeds.isEmpty() ? null : sealSeeds(row, keyNo, publicKey, previousSeeds),
                now);
    }

    private Sealed sealSeeds(MemberRow row, int keyNo, MemberPublicKey to, Map<Integer, byte[]> seeds) {
        Map<String, String> texts = new LinkedHashMap<>();
        seeds.forEach((number, seed) ->
                texts.put(String.valueOf(number), Base64.getUrlEncoder().encodeToString(seed)));
        byte[] record = sealer.sealToMember(context(row, keyNo), to, keyNo, PlainJson.write(texts));
        return Sealed.of(record, sealer.termOf(record));
    }

    /**
     * Unlocks with a presented key: verifies the row, recomputes the public half, and opens the seeds that the key replaced.
     *
     * @throws BullaException {@code KEY_WRONG} where it is not the member's active key, {@code KEY_ROW_REFUSED} as for {@link #lock}
     */
    public Unlocked unlock(String tenant, String member, MemberKey presented) {
        int newest = store.accounts().newestKeyNo(tenant, member);
        return unlock(tenant, member, store.members().find(tenant, member), newest, presented);
    }

    /** The same with a row that was read already, after the newest key number of the member's records. */
    public Unlocked unlock(String tenant, String member, Optional<MemberRow> found, int newest, MemberKey presented) {
        Unlocked unlocked = unlock(tenant, member, found, newest, MemberPair.of(presented));
        Map<Integer, byte[]> seeds = new LinkedHashMap<>(unlocked.seeds());
        seeds.put(unlocked.opener().keyNo(), presented.revealSeed());
        return new Unlocked(unlocked.row(), unlocked.opener(), seeds);
    }

    /** The same with what a grant holds, which is no key: it makes none and ends none. */
    public Opener unlock(GrantBox.Content grant) {
        String tenant = grant.row().tenant();
        String member = grant.row().member();
        int newest = store.accounts().newestKeyNo(tenant, member);
        return unlock(tenant, member, store.members().find(tenant, member), newest, grant.pair())
                .opener();
    }

    private Unlocked unlock(String tenant, String member, Optional<MemberRow> found, int newest, MemberPair pair) {
        MemberRow row = found.orElseGet(() -> new MemberRow(tenant, member, 0, null, null, 0, "", 0));
        refuseOlder(row, newest);
        KeyRow key = row.key();
        MemberPublicKey expected = key == null ? NOBODY : active(row, key);
        if (key == null || expected.equals(NOBODY)) {
            throw new BullaException(ErrorCode.KEY_WRONG, "the member has no key");
        }
        if (!pair.publicKey().equals(expected)) {
            throw new BullaException(ErrorCode.KEY_WRONG, "this is not the member's active key");
        }
        Map<Integer, byte[]> seeds = previousSeeds(row, key, pair);
        Map<Integer, MemberPair> pairs = new LinkedHashMap<>();
        seeds.forEach((number, seed) -> pairs.put(number, MemberPair.ofSeed(seed)));
        pairs.put(key.keyNo(), pair);
        return new Unlocked(row, new Opener(key.keyNo(), pairs), seeds);
    }

    /**
     * An unlocked member.
     *
     * @param row as read
     * @param opener opens everything that is sealed to the member
     * @param seeds seeds by key number, that of a presented key included
     */
    public record Unlocked(MemberRow row, Opener opener, Map<Integer, byte[]> seeds) {
        @Override
        public String toString() {
            return "Unlocked[" + opener + "]";
        }
    }

    private Map<Integer, byte[]> previousSeeds(MemberRow row, KeyRow key, MemberPair pair) {
        Map<Integer, byte[]> seeds = new LinkedHashMap<>();
        @Nullable Sealed previous = key.previous();
        if (previous != null) {
            byte[] plain = sealer.open(previous.bytes(), context(row, key.keyNo()), pair);
            PlainJson.read(plain)
                    .forEach((number, seed) -> seeds.put(
                            Integer.valueOf(number), Base64.getUrlDecoder().decode(String.valueOf(seed))));
        }
        return seeds;
    }

    private static SealContext context(MemberRow row, int keyNo) {
        return new SealContext(row.tenant(), row.member(), "", "", Purpose.PREVIOUS_KEYS.label(), keyNo);
    }
}
