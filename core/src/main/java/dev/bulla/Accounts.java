package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Landing;
import dev.bulla.model.Reason;
import dev.bulla.provider.Selection;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Write;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What members do with their accounts, in person or in a session, and how an owner has a consent asked for anew. Thread-safe. */
final class Accounts {
    private final Wiring wiring;

    Accounts(Wiring wiring) {
        this.wiring = wiring;
    }

    List<ConnectedAccount> of(String tenant, String member) {
        return Guarded.call(() -> {
            List<ConnectedAccount> views = new ArrayList<>();
            for (AccountRow row : wiring.store().accounts().ofMember(tenant, member)) {
                wiring.store()
                        .connections()
                        .find(tenant, row.connectionId())
                        .ifPresent(connection -> views.add(Views.account(row, connection)));
            }
            return List.copyOf(views);
        });
    }

    Landing.Choosing chooseAgain(String tenant, String member, String connection, String label, Opener opener) {
        return Guarded.call(() ->
                wiring.selecting().again(wiring.connections().require(tenant, connection), member, label, opener));
    }

    Selection.Page options(String tenant, String member, String ticket, Selection.Query query, Opener opener) {
        return Detached.call(wiring, () -> wiring.selecting().options(tenant, member, ticket, query, opener));
    }

    Landing.Outcome choose(
            String tenant, String member, String ticket, Map<String, List<Selection.Choice>> choices, Opener opener) {
        return Detached.call(wiring, () -> wiring.selecting().choose(tenant, member, ticket, choices, opener));
    }

    Disconnected disconnect(String tenant, String member, String connection, String label, Opener opener) {
        return Guarded.call(() -> {
            ConnectionRow row = wiring.connections().require(tenant, connection);
            Optional<AccountRow> account = wiring.store().accounts().find(tenant, member, row.id(), label);
            return wiring.parting()
                    .disconnect(
                            row,
                            account.map(AccountRow::id)
                                    .orElseThrow(() -> new BullaException(
                                            ErrorCode.NOT_CONNECTED, "the member has no account on this connection")),
                            opener,
                            Reason.DISCONNECTED_BY_MEMBER);
        });
    }

    /** Asks for a new consent; answers the account as it is then. */
    AccountRow reconnectRequired(ConnectionRow connection, AccountRow account, Reason reason) {
        AccountRow row = account;
        while (row.sealed() != null) {
            Write write = wiring.store()
                    .accounts()
                    .mark(
                            row.tenant(),
                            row.id(),
                            row.rowVersion(),
                            AccountStatus.RECONNECT_REQUIRED.name(),
                            reason.code());
            if (write == Write.DONE) {
                wiring.notices().reconnectRequired(connection, row, reason);
                break;
            }
            Optional<AccountRow> fresh = wiring.store().accounts().find(row.tenant(), row.id());
            if (fresh.isEmpty()) {
                return row;
            }
            row = fresh.get();
        }
        return wiring.store().accounts().find(row.tenant(), row.id()).orElse(row);
    }
}
