package dev.bulla.pages;

import dev.bulla.Connections.Accounts;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.provider.Mode;
import dev.bulla.web.WebResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The accounts of a connection, as far as an owner sees them: whose they are and where they stand. */
final class ConnectionAccounts {
    /** How many are listed on one page. */
    static final int ROWS = 50;

    private ConnectionAccounts() {}

    static WebResponse show(Visit visit) {
        Connection connection = visit.connections().get(visit.parameter("name"));
        Accounts accounts = visit.connections().accounts(connection.name());
        Optional<AccountStatus> wanted = Arrays.stream(AccountStatus.values())
                .filter(status -> status.name().equals(visit.parameter("status")))
                .findFirst();
        List<ConnectedAccount> found = accounts.all().stream()
                .filter(account -> wanted.isEmpty() || account.status() == wanted.get())
                .toList();
        String status = wanted.map(Enum::name).orElse("");
        return visit.page(
                visit.say("accounts.title", connection.name()),
                Html.of(
                        "%s%s%s%s",
                        filter(visit, connection, accounts, status),
                        found.isEmpty()
                                ? Html.of("<p>%s</p>", visit.say("accounts.none"))
                                : table(
                                        visit,
                                        visit.say("accounts.caption", connection.name()),
                                        Paging.slice(visit, found)),
                        Paging.links(
                                visit, OwnerPaths.ACCOUNTS, found.size(), "name", connection.name(), "status", status),
                        ConsentPages.back(visit, connection)));
    }

    private static Html filter(Visit visit, Connection connection, Accounts accounts, String wanted) {
        List<Html> options = new ArrayList<>();
        options.add(Html.of(
                "<option value=\"\">%s (%s)</option>",
                visit.say("accounts.all"), accounts.all().size()));
        for (AccountStatus status : AccountStatus.values()) {
            options.add(Html.of(
                    "<option value=\"%s\"%s>%s (%s)</option>",
                    status.name(),
                    Html.of(" selected").when(status.name().equals(wanted)),
                    visit.say("status." + status.name()),
                    accounts.count(status)));
        }
        return Html.of(
                """
                <form class="search" method="get" action="%s"><input type="hidden" name="name" value="%s">
                <label for="status">%s</label><div class="bar"><select id="status" name="status">%s</select>
                <button class="plain">%s</button></div></form>
                """,
                visit.at(OwnerPaths.ACCOUNTS),
                connection.name(),
                visit.say("accounts.filter"),
                options,
                visit.say("accounts.show"));
    }

    /** One row for each account; whose it is comes first. */
    static Html table(Visit visit, String caption, List<ConnectedAccount> accounts) {
        List<String> heads = List.of(
                visit.say("account.member"),
                visit.say("account.identity"),
                visit.say("account.status"),
                visit.say("account.connected"),
                visit.say("account.used"),
                visit.say("account.expires"),
                visit.say("account.sealed"));
        return Pieces.table(
                caption,
                heads,
                accounts.stream().map(account -> row(visit, account)).toList());
    }

    private static Html row(Visit visit, ConnectedAccount account) {
        return Html.of(
                """
                <tr><th scope="row"><a href="%s">%s</a></th><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td>
                <td>%s</td></tr>
                """,
                visit.at(OwnerPaths.MEMBER, "id", account.member()),
                account.member(),
                identity(account),
                status(visit, account),
                visit.time(account.connectedAt()),
                time(visit, account.lastUsedAt(), "account.never"),
                time(visit, account.expiresAt(), "account.unknown"),
                visit.say("sealed." + account.sealedTo().name()));
    }

    static Html status(Visit visit, ConnectedAccount account) {
        String kind = switch (account.status()) {
            case ACTIVE -> "good";
            case PENDING, RECONNECT_REQUIRED -> "warn";
            case DISCONNECTED -> "quiet";
        };
        List<Html> parts = new ArrayList<>();
        parts.add(Html.of(
                "<span class=\"chip %s\">%s</span>",
                kind, visit.say("status." + account.status().name())));
        account.reason()
                .ifPresent(reason -> parts.add(Html.of(
                        " <span class=\"hint\">%s</span>", reason.advice().sentence())));
        if (account.ready() && !account.missingScopes().isEmpty()) {
            parts.add(Html.of(
                    " <span class=\"hint\">%s</span>",
                    visit.say("account.lacks", String.join(", ", account.missingScopes()))));
        }
        return Html.of("%s", parts);
    }

    /** Who it is at the service, and which of a member's accounts. */
    static String identity(ConnectedAccount account) {
        String who = account.displayName().or(account::subject).orElse("");
        return account.label().isEmpty() ? who : (who + " (" + account.label() + ")").strip();
    }

    private static Html time(Visit visit, Optional<Instant> time, String none) {
        return time.map(visit::time).orElseGet(() -> Html.of("<span class=\"quiet\">%s</span>", visit.say(none)));
    }

    /** Whose accounts these are, in short; nothing for none. */
    static Html names(Visit visit, List<ConnectedAccount> accounts) {
        List<Html> names = accounts.stream()
                .limit(ROWS)
                .map(account -> Html.of("<li>%s %s</li>", account.member(), quiet(identity(account))))
                .toList();
        return Html.of(
                        "<ul>%s%s</ul>",
                        names,
                        Html.of("<li>%s</li>", visit.count("accounts.more", accounts.size() - names.size()))
                                .when(accounts.size() > ROWS))
                .when(!names.isEmpty());
    }

    private static Html quiet(String text) {
        return Html.of("<span class=\"quiet\">%s</span>", text).when(!text.isEmpty());
    }

    /** How many stand where, with the way to the list. */
    static Html summary(Visit visit, Connection connection, Accounts accounts) {
        if (connection.mode() == Mode.HOST_CREDENTIAL) {
            return Html.NOTHING;
        }
        List<Html> rows = Arrays.stream(AccountStatus.values())
                .filter(status -> accounts.count(status) > 0)
                .map(status -> Html.of(
                        "<li><a href=\"%s\">%s</a>: %s</li>",
                        visit.at(OwnerPaths.ACCOUNTS, "name", connection.name(), "status", status.name()),
                        visit.say("status." + status.name()),
                        accounts.count(status)))
                .toList();
        int lacking = accounts.needingConsent().size();
        return Html.of(
                "<section aria-labelledby=\"accounts\"><h2 id=\"accounts\">%s</h2>%s%s%s</section>",
                visit.say("accounts.heading"),
                rows.isEmpty()
                        ? Html.of("<p class=\"quiet\">%s</p>", visit.say("owner.no-accounts"))
                        : Html.of("<ul>%s</ul>", rows),
                Html.of("<p class=\"note\">%s</p>", visit.count("owner.lacking", lacking))
                        .when(lacking > 0),
                Html.of(
                                "<p><a href=\"%s\">%s</a></p>",
                                visit.at(OwnerPaths.ACCOUNTS, "name", connection.name()), visit.say("accounts.list"))
                        .when(!accounts.all().isEmpty()));
    }
}
