package dev.bulla;

import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditEntry.Facts;
import dev.bulla.audit.AuditEntry.Verdict;
import dev.bulla.audit.AuditFormat;
import dev.bulla.audit.AuditPage;
import dev.bulla.audit.AuditQuery;
import dev.bulla.audit.SessionRecords;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.trail.Export;
import dev.bulla.trail.SessionCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What was done, in one tenant: all of it for its owner, or what one member did. Without any secret in it. A view without state;
 * thread-safe.
 *
 * <p>What this node has done is in it at once, unless the store takes no entries; what other nodes did follows within moments.
 */
public final class Audit {
    private static final int COUNTED = 10_000;

    private final Wiring wiring;
    private final String tenant;
    private final @Nullable String member;

    Audit(Wiring wiring, String tenant, @Nullable String member) {
        this.wiring = wiring;
        this.tenant = tenant;
        this.member = member;
    }

    /** One page, the newest first. */
    public AuditPage query(AuditQuery query) {
        return Guarded.call(() -> {
            AuditPage page = wiring.auditReader().page(tenant, narrowed(query));
            return new AuditPage(page.entries().stream().map(this::shown).toList(), page.next());
        });
    }

    /**
     * What was done in each session: counted from the entries that fit, so a query by session or grant, or by time, is what makes sense here;
     * of the newest 10,000 entries, whatever the query's limit, offset and cursor.
     */
    public SessionRecords sessions(AuditQuery query) {
        return Guarded.call(() -> {
            SessionCount count = new SessionCount();
            boolean complete =
                    wiring.auditReader().newest(tenant, narrowed(query), COUNTED, entry -> count.add(shown(entry)));
            return new SessionRecords(
                    count.records(Instant.ofEpochMilli(wiring.store().now())), complete);
        });
    }

    /**
     * Writes all that fit, the oldest first, whatever the query's limit, offset and cursor. However many there are, a few hundred at a
     * time are in memory.
     *
     * @param out is left open
     * @param progress is told, after each few hundred, how many are written so far; what it throws ends the export
     * @return how many were written
     * @throws IOException of {@code out}
     */
    public long export(AuditQuery query, AuditFormat format, Appendable out, LongConsumer progress) throws IOException {
        try {
            return Guarded.call(() -> {
                append(out, Export.head(format));
                return wiring.auditReader()
                        .all(
                                tenant,
                                narrowed(query),
                                entry -> append(out, Export.line(format, shown(entry))),
                                progress::accept);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The same in parts, for answers that must be bounded: goes on behind the query's cursor.
     *
     * @param most how many entries at most, 1 to 100,000
     * @return the cursor for the next part; empty where this was the last one
     * @throws IOException of {@code out}
     */
    public Optional<String> exportPart(AuditQuery query, AuditFormat format, Appendable out, int most)
            throws IOException {
        if (most < 1 || most > 100_000) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "a part has 1 to 100000 entries");
        }
        try {
            return Guarded.call(() -> {
                append(out, query.after().isEmpty() ? Export.head(format) : "");
                return wiring.auditReader()
                        .part(tenant, narrowed(query), most, entry -> append(out, Export.line(format, shown(entry))));
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The cursor behind the part that {@link #exportPart} would write, without writing it, for somebody who wants to see the parts first.
     *
     * @param most 1 to 100,000
     * @return empty where that part would be the last one
     */
    public Optional<String> partAfter(AuditQuery query, int most) {
        if (most < 1 || most > 100_000) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "a part has 1 to 100000 entries");
        }
        return Guarded.call(() -> wiring.auditReader().partAfter(tenant, narrowed(query), most));
    }

    private static void append(Appendable out, String text) {
        try {
            out.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AuditQuery narrowed(AuditQuery query) {
        if (member == null) {
            return query;
        }
        if (!query.policy().isEmpty()) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "which policy decided is for the owner to see");
        }
        return query.member(member);
    }

    /** A member sees what was decided, and not by which policy. */
    private AuditEntry shown(AuditEntry entry) {
        if (member == null) {
            return entry;
        }
        Verdict verdict = entry.verdict();
        return new AuditEntry(
                entry.id(),
                entry.at(),
                entry.tenant(),
                entry.member(),
                entry.caller(),
                entry.service(),
                entry.act(),
                new Verdict(verdict.allowed(), verdict.reason(), List.of(), verdict.message(), Facts.none()),
                entry.result());
    }
}
