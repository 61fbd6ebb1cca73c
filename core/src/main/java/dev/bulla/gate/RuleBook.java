package dev.bulla.gate;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.use.Sighting;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The rules of connections as this node read them. Each counts only while its number of changes is the one that a call has just read, so
 * that a change counts at the next call, on every node. Bounded; thread-safe.
 */
final class RuleBook {
    private static final int MOST = 1_000;
    /** Characters of the tools' own texts: what an owner or an MCP server has written may be long. */
    private static final long HEAVIEST = 64_000_000;

    private static final int ROUNDS = 5;

    private final Store store;
    private final RuleSource source;
    private final ConcurrentHashMap<String, Page> pages = new ConcurrentHashMap<>();
    private final ReentrantLock keeping = new ReentrantLock();
    private long weight;

    RuleBook(Store store, RuleSource source) {
        this.store = store;
        this.source = source;
    }

    private record Page(long no, Rules rules, long weight) {
        Page(long no, Rules rules) {
            this(no, rules, weightOf(rules));
        }

        private static long weightOf(Rules rules) {
            return rules.tools().tools().stream()
                    .mapToLong(tool -> tool.description().length()
                            + (long) tool.inputSchema().length())
                    .sum();
        }
    }

    Rules of(Sighting seen) {
        return of(seen.connection(), seen.rulesNo());
    }

    /** @param no the number of changes that was read just now */
    Rules of(ConnectionRow row, long no) {
        Page page = pages.get(row.id());
        return page != null && page.no() == no ? page.rules() : read(row, no);
    }

    /** Every change moves the number in its own transaction: what lies between two reads of one number is what the number stands for. */
    private Rules read(ConnectionRow row, long seen) {
        long no = seen;
        for (int round = 0; round < ROUNDS; round++) {
            Rules rules = source.read(row, no);
            long after = no == 0
                    ? 0
                    : store.connections()
                            .find(row.tenant(), row.id())
                            .map(ConnectionRow::rulesNo)
                            .orElse(no);
            if (after == no) {
                keep(row.id(), new Page(no, rules));
                return rules;
            }
            no = after;
        }
        throw new BullaException(ErrorCode.STORE_UNAVAILABLE, "the policies are being changed by many at once");
    }

    private void keep(String id, Page page) {
        keeping.lock();
        try {
            Page former = pages.remove(id);
            weight -= former == null ? 0 : former.weight();
            if (pages.size() >= MOST || weight + page.weight() > HEAVIEST) {
                pages.clear();
                weight = 0;
            }
            pages.put(id, page);
            weight += page.weight();
        } finally {
            keeping.unlock();
        }
    }
}
