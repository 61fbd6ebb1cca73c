package dev.bulla.testkit.store;

import dev.bulla.store.AccountGlance;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import dev.bulla.store.AccountStore;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Limits;
import dev.bulla.store.MemberRow;
import dev.bulla.store.Write;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

final class InMemoryAccounts implements AccountStore {
    private final Tables tables;

    InMemoryAccounts(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<AccountRow> find(String tenant, String id) {
        return tables.alone(() -> Optional.ofNullable(cell(tenant, id)).map(c -> c.row(tables.now())));
    }

    @Override
    public Optional<AccountRow> find(String tenant, String member, String connectionId, String label) {
        return where(c -> c.tenant.equals(tenant)
                        && c.member.equals(member)
                        && c.connectionId.equals(connectionId)
                        && c.label.equals(label))
                .stream()
                .findFirst();
    }

    @Override
    public List<AccountRow> ofMember(String tenant, String member) {
        return where(c -> c.tenant.equals(tenant) && c.member.equals(member));
    }

    @Override
    public int newestKeyNo(String tenant, String member) {
        return ofMember(tenant, member).stream()
                .mapToInt(AccountRow::keyNo)
                .max()
                .orElse(0);
    }

    @Override
    public List<AccountRow> ofConnection(String tenant, String connectionId) {
        return where(c -> c.tenant.equals(tenant) && c.connectionId.equals(connectionId));
    }

    @Override
    public List<AccountRow> sharing(String tenant, String appId, String subject) {
        return where(
                c -> c.tenant.equals(tenant) && c.sealed != null && c.appId.equals(appId) && subject.equals(c.subject));
    }

    @Override
    public Optional<AccountGlance> glance(String tenant, String id) {
        return tables.alone(() -> {
            AccountCell cell = cell(tenant, id);
            ConnectionRow connection = cell == null ? null : tables.connections.get(cell.connectionId);
            if (cell == null || connection == null) {
                return Optional.empty();
            }
            MemberRow member = tables.members.get(List.of(tenant, cell.member));
            return Optional.of(new AccountGlance(
                    id,
                    cell.status,
                    cell.reason,
                    cell.sealNo,
                    cell.keyNo,
                    member == null || member.key() == null ? 0 : member.key().keyNo(),
                    cell.expiresAt,
                    cell.refreshAt,
                    connection.enabled() && connection.complete(),
                    connection.revision(),
                    connection.rulesNo(),
                    tables.now()));
        });
    }

    @Override
    public Write insert(AccountRow row, int memberKeyNo) {
        Limits.check(row);
        return tables.alone(() -> {
            for (AccountCell cell : tables.accounts.values()) {
                if (cell.id.equals(row.id()) || sameHandle(cell, row)) {
                    return cell.id.equals(row.id()) && cell.attempt.equals(row.attempt()) ? Write.DONE : Write.MOVED;
                }
            }
            ConnectionRow connection = tables.connections.get(row.connectionId());
            if (connection == null || !connection.tenant().equals(row.tenant())) {
                return Write.MOVED;
            }
            if (!tables.bump(row.tenant(), row.member(), memberKeyNo)) {
                return Write.KEY_MOVED;
            }
            tables.accounts.put(row.id(), new AccountCell(row, tables.now()));
            return Write.DONE;
        });
    }

    @Override
    public Write replace(AccountRow row, int memberKeyNo) {
        Limits.check(row);
        return tables.alone(() -> {
            AccountCell cell = cell(row.tenant(), row.id());
            if (cell == null || !cell.member.equals(row.member())) {
                return Write.MOVED;
            }
            if (cell.sealNo != row.sealNo() - 1) {
                return answered(cell, row.sealNo(), row.attempt());
            }
            if (!tables.bump(row.tenant(), row.member(), memberKeyNo)) {
                return Write.KEY_MOVED;
            }
            cell.content(row, tables.now());
            return Write.DONE;
        });
    }

    @Override
    public boolean claim(String tenant, Claimed seen, String by, long millis, @Nullable String intent) {
        Limits.checkAttempt(by);
        Limits.checkIntent(intent);
        return tables.alone(() -> {
            AccountCell cell = cell(tenant, seen.id());
            if (cell == null || cell.sealNo != seen.sealNo()) {
                return false;
            }
            Claim claim = cell.claim;
            if (claim.by().equals(by)) {
                return true;
            }
            long now = tables.now();
            if (!claim.by().equals(seen.claimBy()) || claim.until() > now) {
                return false;
            }
            cell.claim = intent == null
                    ? new Claim(by, now + millis, claim.intent(), claim.intentAt(), claim.attempts())
                    : new Claim(
                            by,
                            now + millis,
                            intent,
                            Objects.requireNonNullElse(claim.intentAt(), now),
                            claim.attempts() + 1);
            cell.changed(now);
            return true;
        });
    }

    @Override
    public Write store(SealedWrite write, int memberKeyNo) {
        Limits.check(write);
        return tables.alone(() -> {
            AccountCell cell = cell(write.tenant(), write.id());
            if (cell == null || !cell.member.equals(write.member())) {
                return Write.MOVED;
            }
            if (cell.sealNo != write.sealNo() - 1) {
                return answered(cell, write.sealNo(), write.attempt());
            }
            if (write.resealed() && !cell.claim.by().equals(write.attempt())) {
                return Write.MOVED;
            }
            if (!tables.bump(write.tenant(), write.member(), memberKeyNo)) {
                return Write.KEY_MOVED;
            }
            cell.content(write, tables.now());
            return Write.DONE;
        });
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
        return tables.alone(() -> {
            AccountCell cell = cell(tenant, id);
            if (cell == null || cell.sealNo != sealNo || !cell.claim.by().equals(by)) {
                return false;
            }
            boolean undecided = cell.rowVersion == rowVersion;
            if (!undecided && cell.claim.until() == 0) {
                return cell.status.equals(status) && Objects.equals(cell.reason, reason);
            }
            cell.claim = keepIntent || cell.claim.until() == 0 ? ended(cell.claim) : takenBack(cell.claim);
            if (undecided) {
                cell.status = status;
                cell.reason = reason;
                cell.refreshAt = refreshAt;
            }
            cell.changed(tables.now());
            return undecided;
        });
    }

    @Override
    public Write postpone(String tenant, String id, long rowVersion, long refreshAt) {
        return tables.alone(() -> {
            AccountCell cell = cell(tenant, id);
            if (cell == null || cell.rowVersion != rowVersion) {
                return Write.MOVED;
            }
            cell.refreshAt = refreshAt;
            cell.changed(tables.now());
            return Write.DONE;
        });
    }

    @Override
    public Write note(String tenant, String id, long rowVersion, String attributes) {
        Limits.checkAttributes(attributes);
        return tables.alone(() -> {
            AccountCell cell = cell(tenant, id);
            if (cell == null || cell.rowVersion != rowVersion) {
                return Write.MOVED;
            }
            cell.attributes = attributes;
            cell.changed(tables.now());
            return Write.DONE;
        });
    }

    @Override
    public Write mark(String tenant, String id, long rowVersion, String status, @Nullable String reason) {
        Limits.checkStatus(status, reason);
        return tables.alone(() -> {
            AccountCell cell = cell(tenant, id);
            if (cell == null || cell.rowVersion != rowVersion) {
                return Write.MOVED;
            }
            cell.status = status;
            cell.reason = reason;
            cell.refreshAt = null;
            cell.changed(tables.now());
            return Write.DONE;
        });
    }

    @Override
    public Write clear(String tenant, String id, long sealNo, String attempt, String status, @Nullable String reason) {
        return clear(tenant, id, sealNo, attempt, status, reason, false);
    }

    @Override
    public Write clearKeepingIdentity(
            String tenant, String id, long sealNo, String attempt, String status, @Nullable String reason) {
        return clear(tenant, id, sealNo, attempt, status, reason, true);
    }

    private Write clear(
            String tenant,
            String id,
            long sealNo,
            String attempt,
            String status,
            @Nullable String reason,
            boolean keepIdentity) {
        Limits.checkAttempt(attempt);
        Limits.checkStatus(status, reason);
        return tables.alone(() -> {
            AccountCell cell = cell(tenant, id);
            if (cell == null) {
                return Write.MOVED;
            }
            if (cell.sealNo != sealNo) {
                return answered(cell, sealNo + 1, attempt);
            }
            cell.cleared(attempt, status, reason, keepIdentity, tables.now());
            return Write.DONE;
        });
    }

    @Override
    public void touch(Collection<Used> used) {
        tables.alone(() -> {
            for (Used use : used) {
                AccountCell cell = cell(use.tenant(), use.id());
                if (cell != null && (cell.lastUsedAt == null || cell.lastUsedAt < use.at())) {
                    cell.lastUsedAt = use.at();
                }
            }
            return used;
        });
    }

    private static Claim ended(Claim claim) {
        return new Claim(claim.by(), 0, claim.intent(), claim.intentAt(), claim.attempts());
    }

    private static Claim takenBack(Claim claim) {
        return claim.attempts() > 1
                ? new Claim(claim.by(), 0, claim.intent(), claim.intentAt(), claim.attempts() - 1)
                : new Claim(claim.by(), 0, null, null, 0);
    }

    private static Write answered(AccountCell cell, long sealNo, String attempt) {
        return cell.sealNo == sealNo && cell.attempt.equals(attempt) ? Write.DONE : Write.MOVED;
    }

    private static boolean sameHandle(AccountCell cell, AccountRow row) {
        return cell.tenant.equals(row.tenant())
                && cell.member.equals(row.member())
                && cell.connectionId.equals(row.connectionId())
                && cell.label.equals(row.label());
    }

    private @Nullable AccountCell cell(String tenant, String id) {
        AccountCell cell = tables.accounts.get(id);
        return cell != null && cell.tenant.equals(tenant) ? cell : null;
    }

    private List<AccountRow> where(Predicate<AccountCell> condition) {
        return tables.alone(() -> {
            long now = tables.now();
            return tables.accounts.values().stream()
                    .filter(condition)
                    .map(c -> c.row(now))
                    .sorted(Comparator.comparingLong(AccountRow::createdAt).thenComparing(AccountRow::id))
                    .toList();
        });
    }
}
