package dev.bulla.store.jdbc;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.store.AccountStore.SealedWrite;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.FlowRow;
import dev.bulla.store.MemberRow;
import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.Sealed;
import dev.bulla.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A tenant with one connection, one member and one account, and rows for what may happen to them next. */
final class Sample {
    static final Sealed SEALED = Sealed.of("sealed".getBytes(StandardCharsets.UTF_8), 1);

    final String tenant = id();
    final String member = "alice";
    final ConnectionRow connection = newConnection();
    final AccountRow account;

    Sample(Store store) {
        store.connections().insert(connection);
        store.members().findOrCreate(tenant, member);
        AccountRow row = newAccount("");
        store.accounts().insert(row, 0);
        account = store.accounts().find(tenant, row.id()).orElseThrow();
    }

    static String id() {
        return UUID.randomUUID().toString();
    }

    ConnectionRow newConnection() {
        return new ConnectionRow(
                id(), tenant, id(), "github", "oauth", true, true, false, 1, null, "", "{}", null, 0, 1, id(), 0, 0, 0);
    }

    AppRow newApp() {
        return new AppRow(id(), tenant, connection.id(), "client", SEALED, 1, false, 0);
    }

    AccountRow newAccount(String label) {
        return new AccountRow(
                id(),
                tenant,
                member,
                connection.id(),
                label,
                "app",
                "ACTIVE",
                null,
                "subject",
                null,
                "",
                "{}",
                SEALED,
                1,
                0,
                Claim.NONE,
                null,
                null,
                null,
                null,
                0,
                id(),
                0,
                0,
                0,
                0);
    }

    AccountRow reconnected() {
        return new AccountRow(
                account.id(),
                tenant,
                member,
                connection.id(),
                "",
                "app",
                "ACTIVE",
                null,
                "subject",
                null,
                "",
                "{}",
                SEALED,
                2,
                0,
                Claim.NONE,
                null,
                null,
                null,
                null,
                0,
                id(),
                0,
                0,
                0,
                0);
    }

    Claimed seen() {
        return new Claimed(account.id(), 1, "");
    }

    SealedWrite answer() {
        return new SealedWrite(
                tenant, member, account.id(), id(), "", SEALED, 2, 0, "ACTIVE", null, null, null, null, null, false);
    }

    MemberRow keyed(MemberRow read) {
        return new MemberRow(tenant, member, 1, new KeyRow(1, "public", "mac", 1, null, 0), null, 0, id(), 0);
    }

    FlowRow newFlow() {
        return new FlowRow(id(), tenant, member, "connect", connection.id(), "browser", SEALED, 0, 0);
    }
}
