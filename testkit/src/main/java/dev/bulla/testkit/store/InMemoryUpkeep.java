package dev.bulla.testkit.store;

import dev.bulla.store.ConnectionRow;
import dev.bulla.store.GrantRow;
import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.Sealed;
import dev.bulla.store.UpkeepStore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryUpkeep implements UpkeepStore {
    private final Tables tables;

    InMemoryUpkeep(Tables tables) {
        this.tables = tables;
    }

    @Override
    public List<AccountRef> due(long aheadMillis, int limit) {
        return tables.alone(() -> {
            long until = tables.now() + aheadMillis;
            return tables.accounts.values().stream()
                    .filter(a -> a.keyNo == 0
                            && a.sealed != null
                            && a.refreshAt != null
                            && a.refreshAt <= until
                            && usable(a))
                    .sorted(Comparator.<AccountCell>comparingLong(a -> Objects.requireNonNull(a.refreshAt))
                            .thenComparing(a -> a.id))
                    .limit(limit)
                    .map(a -> new AccountRef(
                            a.tenant,
                            a.id,
                            a.connectionId,
                            Objects.requireNonNull(tables.connections.get(a.connectionId))
                                    .provider()))
                    .toList();
        });
    }

    @Override
    public List<Look> looks(int limit) {
        return tables.alone(() -> {
            long now = tables.now();
            return tables.accounts.values().stream()
                    .filter(a -> a.lookAt != null && a.lookAt <= now)
                    .map(a -> new Look(a.tenant, a.id, Objects.requireNonNull(a.lookAt)))
                    .sorted(Comparator.comparingLong(Look::at).thenComparing(Look::id))
                    .limit(limit)
                    .toList();
        });
    }

    @Override
    public boolean lookAgain(Look seen, @Nullable Long at) {
        return tables.alone(() -> {
            AccountCell cell = tables.accounts.get(seen.id());
            if (cell == null || !cell.tenant.equals(seen.tenant()) || !Objects.equals(cell.lookAt, seen.at())) {
                return false;
            }
            cell.lookAt = at;
            return true;
        });
    }

    private boolean usable(AccountCell account) {
        ConnectionRow connection = tables.connections.get(account.connectionId);
        return connection != null && connection.enabled() && connection.complete();
    }

    @Override
    public List<Change> changes(long afterMillis, String afterId, int limit) {
        return tables.alone(() -> {
            long settled = tables.now() - SETTLING_MILLIS;
            return tables.accounts.values().stream()
                    .filter(a -> a.changedAt > afterMillis || a.changedAt == afterMillis && a.id.compareTo(afterId) > 0)
                    .filter(a -> a.changedAt < settled)
                    .sorted(Comparator.<AccountCell>comparingLong(a -> a.changedAt)
                            .thenComparing(a -> a.id))
                    .limit(limit)
                    .flatMap(a -> Stream.ofNullable(tables.connections.get(a.connectionId))
                            .map(connection -> change(a, connection)))
                    .toList();
        });
    }

    private static Change change(AccountCell account, ConnectionRow connection) {
        return new Change(
                account.tenant,
                account.id,
                account.member,
                connection.id(),
                connection.name(),
                connection.provider(),
                account.label,
                account.status,
                account.reason,
                account.changedAt);
    }

    @Override
    public int sharing(String appId, String subject, String exceptAccountId) {
        return tables.alone(() -> (int) tables.accounts.values().stream()
                .filter(a -> a.sealed != null && a.appId.equals(appId) && subject.equals(a.subject))
                .filter(a -> !a.id.equals(exceptAccountId))
                .count());
    }

    @Override
    public Set<Integer> hostTermsInUse() {
        return tables.alone(() -> {
            Set<Integer> terms = new TreeSet<>();
            tables.accounts.values().forEach(a -> add(terms, a.sealed));
            tables.connections.values().forEach(c -> add(terms, c.sealed()));
            tables.apps.values().forEach(a -> add(terms, a.sealed()));
            tables.flows.values().forEach(f -> add(terms, f.row.sealed()));
            tables.grants.values().forEach(g -> add(terms, g.sealed()));
            tables.webhooks.values().forEach(w -> add(terms, w.sealed()));
            tables.members.values().forEach(m -> {
                add(terms, m.key());
                add(terms, m.offered());
            });
            return terms;
        });
    }

    private static void add(Set<Integer> terms, @Nullable Sealed sealed) {
        if (sealed != null) {
            terms.add(sealed.hostTerm());
        }
    }

    private static void add(Set<Integer> terms, @Nullable KeyRow key) {
        if (key != null) {
            terms.add(key.macTerm());
            add(terms, key.previous());
        }
    }

    @Override
    public int purgeGrants(long millis, int limit) {
        return tables.alone(() -> {
            long before = tables.now() - millis;
            List<String> ended = tables.grants.values().stream()
                    .filter(row -> row.expiresAt() < before)
                    .sorted(Comparator.comparingLong(GrantRow::expiresAt))
                    .limit(limit)
                    .map(GrantRow::id)
                    .toList();
            ended.forEach(tables.grants::remove);
            return ended.size();
        });
    }

    @Override
    public int purgeFlows(long millis, int limit) {
        return tables.alone(() -> {
            long before = tables.now() - millis;
            List<String> ended = tables.flows.values().stream()
                    .filter(f -> f.endsAt < before)
                    .sorted(Comparator.comparingLong(f -> f.endsAt))
                    .limit(limit)
                    .map(f -> f.row.id())
                    .toList();
            ended.forEach(tables.flows::remove);
            return ended.size();
        });
    }

    @Override
    public int purgeBuckets(int limit) {
        return tables.alone(() -> {
            long now = tables.now();
            List<List<String>> full = tables.buckets.entrySet().stream()
                    .filter(bucket -> bucket.getValue() <= now)
                    .limit(limit)
                    .map(Map.Entry::getKey)
                    .toList();
            full.forEach(tables.buckets::remove);
            return full.size();
        });
    }

    @Override
    public int purgeAudit(String before, int limit) {
        return tables.alone(() -> {
            List<String> old =
                    tables.audits.headMap(before).keySet().stream().limit(limit).toList();
            old.forEach(tables.audits::remove);
            return old.size();
        });
    }

    @Override
    public Optional<WebhookRef> webhook(String id) {
        return tables.alone(() -> Optional.ofNullable(tables.webhooks.get(id))
                .map(row -> new WebhookRef(row.tenant(), row.connectionId(), tables.now())));
    }

    @Override
    public int purgeWebhooks(int limit) {
        return tables.alone(() -> {
            long now = tables.now();
            List<List<String>> over = tables.seen.entrySet().stream()
                    .filter(entry -> entry.getValue().endsAt() <= now)
                    .sorted(Comparator.comparingLong(entry -> entry.getValue().endsAt()))
                    .limit(limit)
                    .map(Map.Entry::getKey)
                    .toList();
            over.forEach(tables.seen::remove);
            return over.size();
        });
    }
}
