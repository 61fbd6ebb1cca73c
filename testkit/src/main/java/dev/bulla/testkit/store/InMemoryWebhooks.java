package dev.bulla.testkit.store;

import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Limits;
import dev.bulla.store.Sealed;
import dev.bulla.store.WebhookRow;
import dev.bulla.store.WebhookStore;
import dev.bulla.store.Write;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class InMemoryWebhooks implements WebhookStore {
    private final Tables tables;

    InMemoryWebhooks(Tables tables) {
        this.tables = tables;
    }

    /** A delivery that is remembered. */
    record Seen(String attempt, long endsAt) {}

    private @Nullable WebhookRow row(String tenant, String connectionId) {
        return tables.webhooks.values().stream()
                .filter(row -> row.tenant().equals(tenant) && row.connectionId().equals(connectionId))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Optional<WebhookRow> find(String tenant, String connectionId) {
        return tables.alone(() -> Optional.ofNullable(row(tenant, connectionId)));
    }

    @Override
    public Write insert(WebhookRow row) {
        Limits.check(row);
        return tables.alone(() -> {
            ConnectionRow connection = tables.connections.get(row.connectionId());
            WebhookRow there = row(row.tenant(), row.connectionId());
            if (there != null) {
                return there.attempt().equals(row.attempt()) ? Write.DONE : Write.MOVED;
            }
            if (connection == null || !connection.tenant().equals(row.tenant())) {
                return Write.MOVED;
            }
            tables.webhooks.put(
                    row.id(),
                    new WebhookRow(
                            row.id(),
                            row.tenant(),
                            row.connectionId(),
                            row.sealed(),
                            row.sealNo(),
                            0,
                            0,
                            null,
                            null,
                            1,
                            row.attempt(),
                            tables.now()));
            return Write.DONE;
        });
    }

    @Override
    public Write update(WebhookRow row) {
        Limits.check(row);
        return tables.alone(() -> {
            WebhookRow there = row(row.tenant(), row.connectionId());
            if (there == null || !there.id().equals(row.id()) || there.rowVersion() != row.rowVersion()) {
                boolean mine = there != null
                        && there.rowVersion() == row.rowVersion() + 1
                        && there.attempt().equals(row.attempt());
                return mine ? Write.DONE : Write.MOVED;
            }
            tables.webhooks.put(
                    there.id(), version(there, row.sealed(), row.sealNo(), there.rowVersion() + 1, row.attempt()));
            return Write.DONE;
        });
    }

    private static WebhookRow version(
            WebhookRow there, @Nullable Sealed sealed, long sealNo, long rowVersion, String attempt) {
        return new WebhookRow(
                there.id(),
                there.tenant(),
                there.connectionId(),
                sealed,
                sealNo,
                there.accepted(),
                there.refused(),
                there.acceptedAt(),
                there.refusedAt(),
                rowVersion,
                attempt,
                there.createdAt());
    }

    @Override
    public Write delete(String tenant, String connectionId, long rowVersion) {
        return tables.alone(() -> {
            WebhookRow there = row(tenant, connectionId);
            if (there == null || there.rowVersion() != rowVersion) {
                return Write.MOVED;
            }
            tables.webhooks.remove(there.id());
            tables.seen.keySet().removeIf(key -> key.get(0).equals(there.id()));
            return Write.DONE;
        });
    }

    @Override
    public boolean isFirst(String tenant, String id, String digest, String attempt, long millis) {
        Limits.checkDigest(digest);
        Limits.checkAttempt(attempt);
        return tables.alone(() -> {
            Seen there = tables.seen.get(List.of(id, digest));
            if (there != null && there.endsAt() > tables.now()) {
                return there.attempt().equals(attempt);
            }
            tables.seen.put(List.of(id, digest), new Seen(attempt, tables.now() + millis));
            return true;
        });
    }

    @Override
    public void count(Collection<Counted> more) {
        tables.alone(() -> {
            more.forEach(this::count);
            return more;
        });
    }

    private void count(Counted one) {
        WebhookRow there = tables.webhooks.get(one.id());
        if (there == null || !there.tenant().equals(one.tenant())) {
            return;
        }
        tables.webhooks.put(
                there.id(),
                new WebhookRow(
                        there.id(),
                        there.tenant(),
                        there.connectionId(),
                        there.sealed(),
                        there.sealNo(),
                        there.accepted() + one.accepted(),
                        there.refused() + one.refused(),
                        one.acceptedAt() == 0 ? there.acceptedAt() : Long.valueOf(one.acceptedAt()),
                        one.refusedAt() == 0 ? there.refusedAt() : Long.valueOf(one.refusedAt()),
                        there.rowVersion(),
                        there.attempt(),
                        there.createdAt()));
    }
}
