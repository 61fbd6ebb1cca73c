package dev.bulla.testkit.store;

import dev.bulla.store.GrantRow;
import dev.bulla.store.GrantStore;
import dev.bulla.store.Limits;
import dev.bulla.store.MemberRow;
import dev.bulla.store.Write;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class InMemoryGrants implements GrantStore {
    private final Tables tables;

    InMemoryGrants(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Write insert(GrantRow row) {
        Limits.check(row);
        return tables.alone(() -> {
            MemberRow member = tables.members.get(List.of(row.tenant(), row.member()));
            if (member == null || member.key() == null || member.key().keyNo() != row.keyNo()) {
                return Write.KEY_MOVED;
            }
            GrantRow there = tables.grants.get(row.id());
            if (there == null) {
                tables.grants.put(row.id(), at(row, tables.now(), row.lastUsedAt()));
            } else if (!there.tenant().equals(row.tenant()) || !there.member().equals(row.member())) {
                throw new IllegalArgumentException("The id of this grant is in use.");
            }
            return Write.DONE;
        });
    }

    @Override
    public Optional<GrantRow> find(String tenant, String id) {
        return tables.alone(() -> Optional.ofNullable(tables.grants.get(id))
                .filter(row -> row.tenant().equals(tenant)));
    }

    @Override
    public Optional<Glance> glance(String tenant, String id) {
        return tables.alone(() -> find(tenant, id)
                .filter(this::isOfActiveKey)
                .map(row -> new Glance(row.expiresAt(), row.lastUsedAt(), tables.now())));
    }

    private boolean isOfActiveKey(GrantRow row) {
        MemberRow member = tables.members.get(List.of(row.tenant(), row.member()));
        return member != null && member.key() != null && member.key().keyNo() == row.keyNo();
    }

    @Override
    public List<GrantRow> ofMember(String tenant, String member) {
        return tables.alone(() -> tables.grants.values().stream()
                .filter(row -> row.tenant().equals(tenant) && row.member().equals(member))
                .sorted(Comparator.comparingLong(GrantRow::createdAt).thenComparing(GrantRow::id))
                .toList());
    }

    @Override
    public void used(String tenant, String id) {
        tables.alone(() -> {
            find(tenant, id).ifPresent(row -> tables.grants.put(id, at(row, row.createdAt(), tables.now())));
            return id;
        });
    }

    @Override
    public boolean remove(String tenant, String member, String id) {
        return tables.alone(() -> find(tenant, id)
                .filter(row -> row.member().equals(member))
                .map(row -> tables.grants.remove(id))
                .isPresent());
    }

    private static GrantRow at(GrantRow row, long createdAt, @Nullable Long lastUsedAt) {
        return new GrantRow(
                row.id(),
                row.tenant(),
                row.member(),
                row.keyNo(),
                row.tools(),
                row.connections(),
                row.sealed(),
                createdAt,
                row.expiresAt(),
                lastUsedAt);
    }
}
