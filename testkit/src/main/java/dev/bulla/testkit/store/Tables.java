package dev.bulla.testkit.store;

import dev.bulla.store.AppRow;
import dev.bulla.store.AuditRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.EntityRow;
import dev.bulla.store.GrantRow;
import dev.bulla.store.MemberRow;
import dev.bulla.store.PolicyRow;
import dev.bulla.store.ToolRow;
import dev.bulla.store.WebhookRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The state of an {@link InMemoryStore} and the one lock around it. */
final class Tables {
    final Map<String, ConnectionRow> connections = new LinkedHashMap<>();
    final Map<String, AppRow> apps = new LinkedHashMap<>();
    /** By tenant and member. */
    final Map<List<String>, MemberRow> members = new LinkedHashMap<>();

    final Map<String, AccountCell> accounts = new LinkedHashMap<>();
    /** When each is full, by tenant and name. */
    final Map<List<String>, Long> buckets = new LinkedHashMap<>();

    final Map<String, FlowCell> flows = new LinkedHashMap<>();
    final TreeMap<String, AuditRow> audits = new TreeMap<>();
    /** By tenant, connection, kind and id. */
    final Map<List<String>, EntityRow> entities = new LinkedHashMap<>();

    /** By connection, purpose and name. */
    final Map<List<String>, ToolRow> tools = new LinkedHashMap<>();

    final Map<String, GrantRow> grants = new LinkedHashMap<>();
    /** In the order in which they were written. */
    final List<PolicyRow> policies = new ArrayList<>();

    final Map<String, WebhookRow> webhooks = new LinkedHashMap<>();
    /** By webhook and digest. */
    final Map<List<String>, InMemoryWebhooks.Seen> seen = new LinkedHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final LongSupplier clock;

    Tables(LongSupplier clock) {
        this.clock = clock;
    }

    <T> T alone(Supplier<T> verb) {
        lock.lock();
        try {
            return verb.get();
        } finally {
            lock.unlock();
        }
    }

    long now() {
        return clock.getAsLong();
    }

    /** What every sealing transaction does first: false where the member's key number is another one. */
    boolean bump(String tenant, String member, int keyNo) {
        List<String> id = List.of(tenant, member);
        MemberRow row = members.get(id);
        if (row == null || row.keyNo() != keyNo) {
            return false;
        }
        members.put(
                id,
                new MemberRow(
                        tenant,
                        member,
                        row.keyNo(),
                        row.key(),
                        row.offered(),
                        row.rowVersion() + 1,
                        row.attempt(),
                        now()));
        return true;
    }
}
