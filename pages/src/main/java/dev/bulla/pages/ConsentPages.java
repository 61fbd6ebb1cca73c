package dev.bulla.pages;

import dev.bulla.Connections.Accounts;
import dev.bulla.Connections.OldApps;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.web.WebResponse;
import java.util.List;

/** Acts after which members must consent again: old apps are retired, or everybody is asked to. Each says first how many it hits. */
final class ConsentPages {
    private ConsentPages() {}

    static WebResponse askRetire(Visit visit) {
        Connection connection = visit.connections().get(visit.parameter("name"));
        OldApps old = visit.connections().oldApps(connection.name());
        Html apps = Html.of(
                "<ul>%s</ul>",
                old.clientIds().stream()
                        .map(id -> Html.of("<li><code>%s</code></li>", id))
                        .toList());
        return ask(visit, connection, "retire", old.accounts(), OwnerPaths.RETIRE, apps);
    }

    static WebResponse retire(Visit visit) {
        Connection connection = visit.connections().get(Pieces.sent(visit, "name"));
        return told(visit, connection, "retire", visit.connections().retireOldApps(connection.name()));
    }

    static WebResponse askReconnect(Visit visit) {
        Connection connection = visit.connections().get(visit.parameter("name"));
        Accounts accounts = visit.connections().accounts(connection.name());
        List<ConnectedAccount> live = accounts.all().stream()
                .filter(account ->
                        account.status() == AccountStatus.ACTIVE || account.status() == AccountStatus.PENDING)
                .toList();
        return ask(visit, connection, "reconnect", live, OwnerPaths.RECONNECT, Html.NOTHING);
    }

    static WebResponse reconnect(Visit visit) {
        Connection connection = visit.connections().get(Pieces.sent(visit, "name"));
        return told(visit, connection, "reconnect", visit.connections().askToReconnect(connection.name()));
    }

    private static WebResponse ask(
            Visit visit, Connection connection, String act, List<ConnectedAccount> hit, String path, Html about) {
        return visit.page(
                visit.say(act + ".ask", connection.name()),
                Html.of(
                        "<p>%s</p>%s<p><strong>%s</strong></p>%s%s%s",
                        visit.say(act + ".what"),
                        about,
                        visit.count("consent.hit", hit.size()),
                        ConnectionAccounts.names(visit, hit),
                        visit.form(path, Html.of("""
                                <input type="hidden" name="name" value="%s"><button class="danger">%s</button>
                                """, connection.name(), visit.say(act + ".do"))),
                        back(visit, connection)));
    }

    private static WebResponse told(Visit visit, Connection connection, String act, List<ConnectedAccount> hit) {
        return visit.page(
                visit.say(act + ".done"),
                Html.of(
                        "<p class=\"good\" role=\"status\">%s</p>%s%s",
                        visit.count("consent.asked", hit.size()),
                        ConnectionAccounts.names(visit, hit),
                        back(visit, connection)));
    }

    static Html back(Visit visit, Connection connection) {
        return Html.of(
                "<p><a href=\"%s\">%s</a></p>",
                visit.at(OwnerPaths.CONNECTION, "name", connection.name()),
                visit.say("owner.back-to", connection.name()));
    }
}
