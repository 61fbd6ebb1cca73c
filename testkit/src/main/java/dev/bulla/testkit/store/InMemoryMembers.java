package dev.bulla.testkit.store;

import dev.bulla.store.Limits;
import dev.bulla.store.MemberRow;
import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.MemberStore;
import dev.bulla.store.Write;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class InMemoryMembers implements MemberStore {
    private final Tables tables;

    InMemoryMembers(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<MemberRow> find(String tenant, String member) {
        return tables.alone(() -> Optional.ofNullable(tables.members.get(List.of(tenant, member))));
    }

    @Override
    public Optional<MemberRow> findByKey(String tenant, String publicKey) {
        return tables.alone(() -> {
            List<MemberRow> rows = tables.members.values().stream()
                    .filter(row -> row.tenant().equals(tenant))
                    .toList();
            return Stream.concat(
                            rows.stream().filter(row -> has(row.key(), publicKey)),
                            rows.stream().filter(row -> has(row.offered(), publicKey)))
                    .findFirst();
        });
    }

    private static boolean has(@Nullable KeyRow key, String publicKey) {
        return key != null && key.publicKey().equals(publicKey);
    }

    @Override
    public MemberRow findOrCreate(String tenant, String member) {
        Limits.checkMember(tenant, member);
        return tables.alone(() -> tables.members.computeIfAbsent(
                List.of(tenant, member), id -> new MemberRow(tenant, member, 0, null, null, 1, "", tables.now())));
    }

    @Override
    public Write update(MemberRow read, MemberRow next) {
        Limits.check(next);
        return tables.alone(() -> {
            List<String> id = List.of(read.tenant(), read.member());
            MemberRow row = tables.members.get(id);
            if (row == null) {
                return Write.MOVED;
            }
            if (row.attempt().equals(next.attempt())) {
                return Write.DONE;
            }
            if (row.keyNo() != read.keyNo()
                    || !Objects.equals(row.key(), read.key())
                    || !Objects.equals(row.offered(), read.offered())) {
                return Write.MOVED;
            }
            tables.members.put(
                    id,
                    new MemberRow(
                            row.tenant(),
                            row.member(),
                            next.keyNo(),
                            next.key(),
                            next.offered(),
                            row.rowVersion() + 1,
                            next.attempt(),
                            tables.now()));
            int number = next.key() == null ? 0 : next.key().keyNo();
            tables.grants
                    .values()
                    .removeIf(g ->
                            g.tenant().equals(row.tenant()) && g.member().equals(row.member()) && g.keyNo() != number);
            return Write.DONE;
        });
    }

    @Override
    public int remove(String tenant, String member) {
        return tables.alone(() -> {
            int before = tables.accounts.size();
            tables.accounts.values().removeIf(a -> a.tenant.equals(tenant) && a.member.equals(member));
            tables.flows
                    .values()
                    .removeIf(
                            f -> f.row.tenant().equals(tenant) && f.row.member().equals(member));
            tables.grants
                    .values()
                    .removeIf(g -> g.tenant().equals(tenant) && g.member().equals(member));
            tables.members.remove(List.of(tenant, member));
            return before - tables.accounts.size();
        });
    }
}
