package dev.bulla.web;

import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected;
import java.net.URI;
import java.util.Map;

/** Accounts as JSON: nothing secret. */
final class AccountView {
    private AccountView() {}

    /** For the member whose it is. */
    static Fields of(ConnectedAccount account) {
        Fields fields = new Fields()
                .put("connection", account.connection())
                .put("provider", account.provider())
                .maybe("label", account.label())
                .put("status", account.status().name());
        account.reason().ifPresent(reason -> fields.put("reason", reason.code()));
        return fields.put("ready", account.ready())
                .maybe("identity", account.displayName().or(account::subject))
                .put("sealedTo", account.sealedTo().name())
                .put("verified", account.verified())
                .put("scopes", account.scopes())
                .put("missingScopes", account.missingScopes())
                .maybe("connectedAt", java.util.Optional.of(account.connectedAt()))
                .maybe("expiresAt", account.expiresAt())
                .maybe("refreshBy", account.refreshBy())
                .maybe("lastUsedAt", account.lastUsedAt());
    }

    /** For an owner. */
    static Fields withMember(ConnectedAccount account) {
        return new Fields().put("member", account.member()).and(of(account));
    }

    static Fields ended(ConnectedAccount account, Disconnected what) {
        return new Fields()
                .put("connection", account.connection())
                .maybe("label", account.label())
                .and(of(what));
    }

    static Fields of(Disconnected what) {
        return new Fields()
                .put("revocation", what.revocation().name())
                .maybe("grantsPage", what.grantsPage().map(URI::toString));
    }

    /** What became of several, for an owner. */
    static Fields endedOfMember(Map.Entry<ConnectedAccount, Disconnected> each) {
        return new Fields().put("member", each.getKey().member()).and(ended(each.getKey(), each.getValue()));
    }
}
