package dev.bulla.trail;

import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditPage;
import dev.bulla.audit.AuditQuery;
import dev.bulla.store.AuditRow;
import dev.bulla.store.AuditStore.Search;
import dev.bulla.store.Store;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the audit of one tenant at a time. Ids sort by time, so that a time is an id, and so is a cursor. Thread-safe. */
public final class AuditReader {
    private static final int BATCH = 500;
    /** In seconds: a time has twelve hexadecimal digits of milliseconds. */
    private static final long FARTHEST = (1L << 48) / 1_000 - 2;

    private final Store store;
    private final AuditTrail trail;

    public AuditReader(Store store, AuditTrail trail) {
        this.store = store;
        this.trail = trail;
    }

    /** One page, the newest first. What this node has taken down before is in it. */
    public AuditPage page(String tenant, AuditQuery query) {
        trail.settle();
        String end = end(query);
        String until =
                !query.after().isEmpty() && (end.isEmpty() || query.after().compareTo(end) < 0) ? query.after() : end;
        List<AuditRow> rows = store.audits()
                .find(tenant, search(query, begin(query), until, true, query.limit() + 1, query.offset()));
        boolean more = rows.size() > query.limit();
        List<AuditRow> shown = more ? rows.subList(0, query.limit()) : rows;
        return new AuditPage(
                shown.stream().map(EntryRow::entry).toList(),
                more ? Optional.of(shown.get(shown.size() - 1).id()) : Optional.empty());
    }

    /**
     * All that fit, the oldest first, whatever the query's limit, offset and cursor; a part at a time is in memory.
     *
     * @param eachPart is called after each part with how many there were so far
     * @return how many
     */
    public long all(String tenant, AuditQuery query, Consumer<AuditEntry> each, Consumer<Long> eachPart) {
        trail.settle();
        long count = 0;
        String from = begin(query);
        while (true) {
            List<AuditRow> rows = store.audits().find(tenant, search(query, from, end(query), false, BATCH, 0));
            rows.stream().map(EntryRow::entry).forEach(each);
            count += rows.size();
            eachPart.accept(count);
            if (rows.size() < BATCH) {
                return count;
            }
            from = rows.get(rows.size() - 1).id() + "0";
        }
    }

    /**
     * At most so many of them, behind the query's cursor.
     *
     * @return the cursor behind them; empty where there are no more
     */
    public Optional<String> part(String tenant, AuditQuery query, int most, Consumer<AuditEntry> each) {
        trail.settle();
        String from = query.after().isEmpty() ? begin(query) : query.after() + "0";
        String last = query.after();
        int left = most;
        while (left > 0) {
            int limit = Math.min(left, BATCH);
            List<AuditRow> rows = store.audits().find(tenant, search(query, from, end(query), false, limit, 0));
            rows.stream().map(EntryRow::entry).forEach(each);
            if (rows.size() < limit) {
                return Optional.empty();
            }
            left -= rows.size();
            last = rows.get(rows.size() - 1).id();
            from = last + "0";
        }
        boolean more = !store.audits()
                .find(tenant, search(query, from, end(query), false, 1, 0))
                .isEmpty();
        return more ? Optional.of(last) : Optional.empty();
    }

    /** The cursor behind such a part; empty where nothing comes after it. */
    public Optional<String> partAfter(String tenant, AuditQuery query, int most) {
        trail.settle();
        String from = query.after().isEmpty() ? begin(query) : query.after() + "0";
        List<AuditRow> rows = store.audits().find(tenant, search(query, from, end(query), false, 2, most - 1));
        return rows.size() < 2 ? Optional.empty() : Optional.of(rows.get(0).id());
    }

    /**
     * At most so many of them, the newest first, whatever the query's limit, offset and cursor.
     *
     * @return whether these were all
     */
    public boolean newest(String tenant, AuditQuery query, int most, Consumer<AuditEntry> each) {
        trail.settle();
        String until = end(query);
        for (int left = most; left > 0; left -= BATCH) {
            int some = Math.min(left, BATCH);
            List<AuditRow> rows = store.audits().find(tenant, search(query, begin(query), until, true, some, 0));
            rows.stream().map(EntryRow::entry).forEach(each);
            if (rows.size() < some) {
                return true;
            }
            until = rows.get(rows.size() - 1).id();
        }
        return store.audits()
                .find(tenant, search(query, begin(query), until, true, 1, 0))
                .isEmpty();
    }

    private static Search search(AuditQuery query, String from, String until, boolean newest, int limit, int offset) {
        return new Search(
                from,
                until,
                newest,
                query.tool().toLowerCase(Locale.ROOT),
                query.connection(),
                query.member(),
                query.policy(),
                query.session(),
                query.grant(),
                query.allowed().orElse(null),
                query.changes().map(changes -> !changes).orElse(null),
                limit,
                offset);
    }

    private static String begin(AuditQuery query) {
        return query.from().map(AuditReader::millis).map(AuditReader::id).orElse("");
    }

    private static String end(AuditQuery query) {
        return query.to().map(to -> id(millis(to) + 1)).orElse("");
    }

    /** Times that no entry has are those of the earliest, or the latest, that one could have. */
    private static long millis(Instant at) {
        return Math.max(0, Math.min(at.getEpochSecond(), FARTHEST)) * 1_000 + at.getNano() / 1_000_000;
    }

    /** Before, or equal to, the id of every entry of this millisecond and later ones. */
    static String id(long millis) {
        return HexFormat.of().toHexDigits(Math.max(millis, 0), 12);
    }

    /** How many entries of all tenants, older than that, were deleted. */
    public int purge(Instant before, int limit) {
        return store.upkeep().purgeAudit(id(before.toEpochMilli()), limit);
    }
}
