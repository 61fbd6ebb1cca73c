package dev.bulla.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import dev.bulla.store.AccountStore;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.GrantRow;
import dev.bulla.store.MemberRow;
import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.Sealed;
import dev.bulla.store.Store;
import dev.bulla.store.Write;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The store under test, a tenant that no other test uses, and rows to put into it. */
final class Bench {
    final Store store;
    final AccountStore accounts;
    final String tenant = "tenant-" + id();
    private final LongConsumer advance;

    Bench(Store store, LongConsumer advance) {
        this.store = store;
        this.accounts = store.accounts();
        this.advance = advance;
    }

    static String id() {
        return UUID.randomUUID().toString();
    }

    static Sealed sealed(String content) {
        return Sealed.of(content.getBytes(java.nio.charset.StandardCharsets.UTF_8), 1);
    }

    static Sealed sealed(int size, int term) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Sealed.of(bytes, term);
    }

    void advance(long millis) {
        advance.accept(millis);
    }

    // connections

    static ConnectionRow newConnection(String tenant, String name) {
        return new ConnectionRow(
                id(),
                tenant,
                name,
                "github",
                "oauth",
                true,
                true,
                false,
                1,
                null,
                "repo user",
                "{}",
                null,
                0,
                0,
                id(),
                0,
                0,
                0);
    }

    ConnectionRow connection() {
        return connection(tenant, "connection-" + id());
    }

    ConnectionRow connection(String tenant, String name) {
        ConnectionRow row = newConnection(tenant, name);
        assertThat(store.connections().insert(row)).isEqualTo(Write.DONE);
        return store.connections().find(tenant, row.id()).orElseThrow();
    }

    /** The row as an owner's change of it would be written. */
    static ConnectionRow changed(ConnectionRow read, boolean enabled, boolean complete) {
        return new ConnectionRow(
                read.id(),
                read.tenant(),
                read.name(),
                read.provider(),
                read.mode(),
                enabled,
                complete,
                read.required(),
                read.revision() + 1,
                read.appId(),
                read.scopes(),
                read.settings(),
                read.sealed(),
                read.sealNo(),
                read.rowVersion(),
                id(),
                read.rulesNo(),
                0,
                0);
    }

    static AppRow newApp(ConnectionRow connection, String clientId) {
        return new AppRow(id(), connection.tenant(), connection.id(), clientId, sealed("client secret"), 1, false, 0);
    }

    // members

    String member() {
        String member = "member-" + id();
        store.members().findOrCreate(tenant, member);
        return member;
    }

    MemberRow memberRow(String member) {
        return store.members().find(tenant, member).orElseThrow();
    }

    static KeyRow newKey(int keyNo) {
        return new KeyRow(keyNo, "public-" + id(), "mac-" + id(), 1, null, 1_000);
    }

    static MemberRow keyed(MemberRow read, int keyNo, @Nullable KeyRow key, @Nullable KeyRow offered) {
        return new MemberRow(read.tenant(), read.member(), keyNo, key, offered, 0, id(), 0);
    }

    /** Gives the member its next key. */
    void nextKey(String member) {
        MemberRow read = memberRow(member);
        int keyNo = read.keyNo() + 1;
        assertThat(store.members().update(read, keyed(read, keyNo, newKey(keyNo), null)))
                .isEqualTo(Write.DONE);
    }

    // accounts

    static AccountRow newAccount(String tenant, String member, String connectionId, String label) {
        return new AccountRow(
                id(),
                tenant,
                member,
                connectionId,
                label,
                "app-1",
                "ACTIVE",
                null,
                "subject-" + id(),
                "Alice",
                "repo",
                "{\"plan\":\"free\"}",
                sealed("tokens"),
                1,
                0,
                Claim.NONE,
                5_000L,
                null,
                9_000L,
                null,
                0,
                id(),
                2_000,
                0,
                0,
                0);
    }

    /** A stored account of a fresh member on a fresh connection. */
    AccountRow account() {
        return account(member(), connection().id());
    }

    AccountRow account(String member, String connectionId) {
        return inserted(newAccount(tenant, member, connectionId, ""));
    }

    AccountRow inserted(AccountRow row) {
        assertThat(accounts.insert(row, memberRow(row.member()).keyNo())).isEqualTo(Write.DONE);
        return read(row);
    }

    AccountRow read(AccountRow row) {
        return accounts.find(row.tenant(), row.id()).orElseThrow();
    }

    boolean claim(AccountRow seen, String by, long millis, @Nullable String intent) {
        return accounts.claim(
                seen.tenant(),
                new Claimed(seen.id(), seen.sealNo(), seen.claim().by()),
                by,
                millis,
                intent);
    }

    /** The answer of a refresh of what was seen. */
    static SealedWrite answer(AccountRow seen) {
        return answer(seen, id());
    }

    static SealedWrite answer(AccountRow seen, String attempt) {
        return answer(seen, attempt, "");
    }

    /** @param claimBy of the try beside it that failed */
    static SealedWrite answer(AccountRow seen, String attempt, String claimBy) {
        return new SealedWrite(
                seen.tenant(),
                seen.member(),
                seen.id(),
                attempt,
                claimBy,
                sealed("answer " + attempt),
                seen.sealNo() + 1,
                0,
                "ACTIVE",
                null,
                "repo gist",
                50_000L,
                40_000L,
                90_000L,
                false);
    }

    /** A re-seal of what was seen, under the claim that was seen. */
    static SealedWrite reseal(AccountRow seen) {
        return reseal(seen, 0);
    }

    /** A re-seal of what was seen, to a member key. */
    static SealedWrite reseal(AccountRow seen, int keyNo) {
        return reseal(seen, keyNo, "");
    }

    /** @param claimBy of the try before that failed */
    static SealedWrite reseal(AccountRow seen, int keyNo, String claimBy) {
        return new SealedWrite(
                seen.tenant(),
                seen.member(),
                seen.id(),
                seen.claim().by(),
                claimBy,
                sealed("sealed again"),
                seen.sealNo() + 1,
                keyNo,
                seen.status(),
                seen.reason(),
                null,
                null,
                null,
                null,
                true);
    }

    /** A reconnect of what was seen: everything that a reconnect may change is another. */
    static AccountRow reconnected(AccountRow seen) {
        return new AccountRow(
                seen.id(),
                seen.tenant(),
                seen.member(),
                seen.connectionId(),
                seen.label(),
                "app-2",
                "PENDING",
                "selection_pending",
                "subject-" + id(),
                "Bob",
                "gist",
                "{}",
                sealed("reconnected"),
                seen.sealNo() + 1,
                0,
                Claim.NONE,
                70_000L,
                60_000L,
                null,
                null,
                0,
                id(),
                3_000,
                0,
                0,
                0);
    }

    // grants

    /** A grant that lasts an hour from now. */
    GrantRow grant(String member, int keyNo, Sealed sealed) {
        return new GrantRow(
                id(),
                tenant,
                member,
                keyNo,
                "github__create_issue\ngithub__list_issues",
                "github",
                sealed,
                0,
                store.now() + 3_600_000,
                null);
    }

    GrantRow grant(String member) {
        return grant(member, memberRow(member).keyNo(), sealed("grant"));
    }

    // flows

    FlowRow flow(String member) {
        return flow(tenant, member);
    }

    static FlowRow flow(String tenant, String member) {
        return new FlowRow(
                id(), tenant, member, "connect", "connection-" + id(), "browser-" + id(), sealed("snapshot"), 0, 0);
    }
}
