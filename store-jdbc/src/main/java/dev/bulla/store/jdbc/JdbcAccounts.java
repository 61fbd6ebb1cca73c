package dev.bulla.store.jdbc;

import dev.bulla.store.AccountGlance;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore;
import dev.bulla.store.Limits;
import dev.bulla.store.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Accounts: claims, marks and uses here; finders in {@link AccountReads}, sealed bytes in {@link SealedWrites}. */
final class JdbcAccounts implements AccountStore {
    private static final int TOUCHES = 50;

    private final Sql sql;
    private final AccountReads reads;
    private final SealedWrites writes;
    private final Text claim;
    private final Text claimWithIntent;
    private final Text claimed;
    private final Text settle;
    private final Text settleKeepingIntent;
    private final Text settledBefore;
    private final Text end;
    private final Text endKeepingIntent;
    private final Text postpone;
    private final Text postponed;
    private final Text note;
    private final Text mark;
    private final Text marked;
    private final Text clear;
    private final Text clearKeepingIdentity;
    private final Text cleared;
    private final Text touchOne;
    private final Text touchMany;

    JdbcAccounts(Sql sql, JdbcMembers members, JdbcConnections connections) {
        this.sql = sql;
        reads = new AccountReads(sql);
        writes = new SealedWrites(sql, members, connections);
        String take = "update bulla_account set claim_by = ?, claim_until = :now + ?";
        String change = ", row_version = row_version + 1, changed_at = :now where tenant = ? and id = ?";
        String free = change + " and seal_no = ? and claim_by = ? and claim_until <= :now";
        claim = sql.text(take + free);
        claimWithIntent = sql.text(take
                + ", intent = ?, intent_at = coalesce(intent_at, :now), intent_attempts = intent_attempts + 1" + free);
        claimed = sql.text("select id from bulla_account where tenant = ? and id = ? and seal_no = ? and claim_by = ?");
        String set = "update bulla_account set ";
        String decided = set + "status = ?, reason = ?, refresh_at = ?, ";
        String ended = "claim_until = 0" + change + " and seal_no = ? and claim_by = ?";
        String undecided = ended + " and row_version = ?";
        String held = ended + " and claim_until > 0";
        // each case looks at columns that are set further right: some databases assign from left to right
        String takenBack = """
                intent = case when claim_until = 0 or intent_attempts > 1 then intent end,
                    intent_at = case when claim_until = 0 or intent_attempts > 1 then intent_at end,
                    intent_attempts =
                        case when claim_until = 0 or intent_attempts = 0 then intent_attempts else intent_attempts - 1 end, """;
        settle = sql.text(decided + takenBack + undecided);
        settleKeepingIntent = sql.text(decided + undecided);
        end = sql.text(set + takenBack + held);
        endKeepingIntent = sql.text(set + held);
        settledBefore = sql.text("""
                select id from bulla_account where tenant = ? and id = ? and seal_no = ? and claim_by = ?
                    and claim_until = 0 and status = ? and coalesce(reason, '') = ?""");
        postpone = sql.text(set + "refresh_at = ?" + change + " and row_version = ?");
        postponed = sql.text(
                "select id from bulla_account where tenant = ? and id = ? and row_version = ? and refresh_at = ?");
        note = sql.text(set + "attributes = ?" + change + " and row_version = ?");
        mark = sql.text(
                "update bulla_account set status = ?, reason = ?, refresh_at = null" + change + " and row_version = ?");
        marked = sql.text("""
                select id from bulla_account where tenant = ? and id = ? and row_version = ? and status = ?
                    and coalesce(reason, '') = ?""");
        String clearing = """
                update bulla_account set sealed = null, host_term = null, seal_no = seal_no + 1, key_no = 0,
                    scopes = '', attributes = '{}',
                    claim_by = '', claim_until = 0, intent = null, intent_at = null, intent_attempts = 0,
                    expires_at = null, refresh_at = null, refresh_by = null, look_at = null,
                    attempt = ?, status = ?, reason = ?""";
        clear = sql.text(clearing + ", subject = null, display_name = null" + change + " and seal_no = ?");
        clearKeepingIdentity = sql.text(clearing + change + " and seal_no = ?");
        cleared = sql.text("select id from bulla_account where tenant = ? and id = ? and seal_no = ? and attempt = ?");
        touchOne = sql.text(touching(1));
        touchMany = sql.text(touching(TOUCHES));
    }

    @Override
    public Optional<AccountRow> find(String tenant, String id) {
        return reads.find(tenant, id);
    }

    @Override
    public Optional<AccountRow> find(String tenant, String member, String connectionId, String label) {
        return reads.find(tenant, member, connectionId, label);
    }

    @Override
    public List<AccountRow> ofMember(String tenant, String member) {
        return reads.ofMember(tenant, member);
    }

    @Override
    public int newestKeyNo(String tenant, String member) {
        return reads.newestKeyNo(tenant, member);
    }

    @Override
    public List<AccountRow> ofConnection(String tenant, String connectionId) {
        return reads.ofConnection(tenant, connectionId);
    }

    @Override
    public List<AccountRow> sharing(String tenant, String appId, String subject) {
        return reads.sharing(tenant, appId, subject);
    }

    @Override
    public Optional<AccountGlance> glance(String tenant, String id) {
        return reads.glance(tenant, id);
    }

    @Override
    public Write insert(AccountRow row, int memberKeyNo) {
        return writes.insert(row, memberKeyNo);
    }

    @Override
    public Write replace(AccountRow row, int memberKeyNo) {
        return writes.replace(row, memberKeyNo);
    }

    @Override
    public Write store(SealedWrite write, int memberKeyNo) {
        return writes.store(write, memberKeyNo);
    }

    @Override
    public boolean claim(String tenant, Claimed seen, String by, long millis, @Nullable String intent) {
        Limits.checkAttempt(by);
        Limits.checkIntent(intent);
        return sql.write(
                (tx, again) -> {
                    int won = intent == null
                            ? tx.update(claim, by, millis, tenant, seen.id(), seen.sealNo(), seen.claimBy())
                            : tx.update(
                                    claimWithIntent,
                                    by,
                                    millis,
                                    intent,
                                    tenant,
                                    seen.id(),
                                    seen.sealNo(),
                                    seen.claimBy());
                    return won == 1
                            || tx.undo(tx.one(claimed, Row::text, tenant, seen.id(), seen.sealNo(), by)
                                    .isPresent());
                },
                false);
    }

    @Override
    public boolean settle(
            String tenant,
            String id,
            long sealNo,
            String by,
            long rowVersion,
            String status,
            @Nullable String reason,
            @Nullable Long refreshAt,
            boolean keepIntent) {
        Limits.checkStatus(status, reason);
        Text text = keepIntent ? settleKeepingIntent : settle;
        return sql.write((tx, again) -> {
            if (tx.update(text, status, reason, refreshAt, tenant, id, sealNo, by, rowVersion) == 1) {
                return true;
            }
            String written = reason == null ? "" : reason;
            if (tx.one(settledBefore, Row::text, tenant, id, sealNo, by, status, written)
                    .isPresent()) {
                return tx.undo(true);
            }
            tx.update(keepIntent ? endKeepingIntent : end, tenant, id, sealNo, by);
            return false;
        });
    }

    @Override
    public Write postpone(String tenant, String id, long rowVersion, long refreshAt) {
        return sql.write((tx, again) -> {
            if (tx.update(postpone, refreshAt, tenant, id, rowVersion) == 1) {
                return Write.DONE;
            }
            boolean done = again
                    && tx.one(postponed, Row::text, tenant, id, rowVersion + 1, refreshAt)
                            .isPresent();
            return tx.undo(done ? Write.DONE : Write.MOVED);
        });
    }

    @Override
    public Write note(String tenant, String id, long rowVersion, String attributes) {
        Limits.checkAttributes(attributes);
        return sql.write((tx, again) ->
                tx.update(note, attributes, tenant, id, rowVersion) == 1 ? Write.DONE : tx.undo(Write.MOVED));
    }

    @Override
    public Write mark(String tenant, String id, long rowVersion, String status, @Nullable String reason) {
        Limits.checkStatus(status, reason);
        return sql.write((tx, again) -> {
            if (tx.update(mark, status, reason, tenant, id, rowVersion) == 1) {
                return Write.DONE;
            }
            String written = reason == null ? "" : reason;
            boolean done = again
                    && tx.one(marked, Row::text, tenant, id, rowVersion + 1, status, written)
                            .isPresent();
            return tx.undo(done ? Write.DONE : Write.MOVED);
        });
    }

    @Override
    public Write clear(String tenant, String id, long sealNo, String attempt, String status, @Nullable String reason) {
        return clear(clear, tenant, id, sealNo, attempt, status, reason);
    }

    @Override
    public Write clearKeepingIdentity(
            String tenant, String id, long sealNo, String attempt, String status, @Nullable String reason) {
        return clear(clearKeepingIdentity, tenant, id, sealNo, attempt, status, reason);
    }

    private Write clear(
            Text text, String tenant, String id, long sealNo, String attempt, String status, @Nullable String reason) {
        Limits.checkAttempt(attempt);
        Limits.checkStatus(status, reason);
        return sql.write((tx, again) -> {
            if (tx.update(text, attempt, status, reason, tenant, id, sealNo) == 1) {
                return Write.DONE;
            }
            boolean done =
                    tx.one(cleared, Row::text, tenant, id, sealNo + 1, attempt).isPresent();
            return tx.undo(done ? Write.DONE : Write.MOVED);
        });
    }

    /** Accounts used in the same moment go together, the fewest statements that way; each statement is a transaction of its own. */
    @Override
    public void touch(Collection<Used> used) {
        Map<Map.Entry<String, Long>, List<String>> together =
                new TreeMap<>(Map.Entry.<String, Long>comparingByKey().thenComparing(Map.Entry.comparingByValue()));
        for (Used use : used) {
            together.computeIfAbsent(Map.entry(use.tenant(), use.at()), key -> new ArrayList<>())
                    .add(use.id());
        }
        together.forEach((key, ids) -> {
            for (int from = 0; from < ids.size(); from += TOUCHES) {
                touch(key.getKey(), key.getValue(), ids.subList(from, Math.min(ids.size(), from + TOUCHES)));
            }
        });
    }

    /** A list is filled up by repeating its last id, so that there are two statements to prepare and not a hundred. */
    private void touch(String tenant, long at, List<String> ids) {
        List<Object> values = new ArrayList<>(List.of(at, tenant));
        values.addAll(ids);
        while (ids.size() > 1 && values.size() < TOUCHES + 2) {
            values.add(ids.get(ids.size() - 1));
        }
        values.add(at);
        sql.writeAlone(ids.size() == 1 ? touchOne : touchMany, values.toArray());
    }

    private static String touching(int ids) {
        return "update bulla_account set last_used_at = ? where tenant = ? and id in (?" + ", ?".repeat(ids - 1)
                + ") and (last_used_at is null or last_used_at < ?)";
    }
}
