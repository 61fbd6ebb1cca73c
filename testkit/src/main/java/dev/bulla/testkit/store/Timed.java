package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.newAccount;

import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountRow.Claim;
import dev.bulla.store.Sealed;
import org.jspecify.annotations.Nullable;

/** Accounts that are due at a time, or end by a date, and are not written yet. */
final class Timed {
    private Timed() {}

    static AccountRow account(
            Bench bench,
            String member,
            String connectionId,
            String label,
            @Nullable Long refreshAt,
            @Nullable Long refreshBy,
            int keyNo,
            @Nullable Sealed sealed) {
        AccountRow row = newAccount(bench.tenant, member, connectionId, label);
        return new AccountRow(
                row.id(),
                row.tenant(),
                row.member(),
                row.connectionId(),
                row.label(),
                row.appId(),
                row.status(),
                null,
                null,
                null,
                "",
                "{}",
                sealed,
                1,
                keyNo,
                Claim.NONE,
                null,
                refreshAt,
                refreshBy,
                null,
                0,
                row.attempt(),
                0,
                0,
                0,
                0);
    }
}
