package dev.bulla.pages;

import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.web.WebResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The end of a connection. While accounts hold tokens its name is typed first, and afterwards it is said what became of each. */
final class DeletePages {
    private DeletePages() {}

    static WebResponse ask(Visit visit) {
        return ask(visit, visit.connections().get(visit.parameter("name")), Optional.empty());
    }

    static WebResponse delete(Visit visit) {
        Connection connection = visit.connections().get(Pieces.sent(visit, "name"));
        boolean accounts = !live(visit, connection).isEmpty();
        if (accounts && !visit.field("confirm").equals(connection.name())) {
            return ask(visit, connection, Optional.of(visit.say("delete.mistyped", connection.name())));
        }
        if (accounts) {
            return told(visit, connection, visit.connections().deleteWithAccounts(connection.name()));
        }
        // refused where somebody has connected meanwhile
        visit.connections().delete(connection.name());
        return visit.go(OwnerPaths.PANEL, "done", "deleted");
    }

    private static List<ConnectedAccount> live(Visit visit, Connection connection) {
        return visit.connections().accounts(connection.name()).all().stream()
                .filter(account -> account.status() != AccountStatus.DISCONNECTED)
                .toList();
    }

    private static WebResponse ask(Visit visit, Connection connection, Optional<String> refused) {
        List<ConnectedAccount> live = live(visit, connection);
        Html typing = Html.of(
                        """
                <div class="field"><label for="confirm">%s</label><p class="hint" id="confirm-hint">%s</p>%s
                <input id="confirm" name="confirm" required autocomplete="off" spellcheck="false" autocapitalize="none"
                 aria-describedby="confirm-hint%s"%s></div>
                """,
                        visit.say("delete.type", connection.name()),
                        visit.say("delete.type-hint"),
                        refused.map(why -> Html.of("<p class=\"error\" id=\"confirm-error\">%s</p>", why))
                                .orElse(Html.NOTHING),
                        refused.isPresent() ? " confirm-error" : "",
                        Html.of(" aria-invalid=\"true\"").when(refused.isPresent()))
                .when(!live.isEmpty());
        Html body = Html.of(
                "%s<p>%s</p>%s%s%s%s",
                Pieces.errors(
                        visit,
                        refused.map(why -> List.of(Html.of("<a href=\"#confirm\">%s</a>", why)))
                                .orElse(List.of())),
                visit.say("delete.what"),
                Html.of("<p><strong>%s</strong></p>", visit.count("delete.hit", live.size()))
                        .when(!live.isEmpty()),
                ConnectionAccounts.names(visit, live),
                visit.form(
                        OwnerPaths.DELETE,
                        Html.of(
                                "<input type=\"hidden\" name=\"name\" value=\"%s\">%s<button class=\"danger\">%s</button>",
                                connection.name(), typing, visit.say(live.isEmpty() ? "delete.do" : "delete.do-all"))),
                ConsentPages.back(visit, connection));
        return visit.page(refused.isPresent() ? 422 : 200, visit.say("delete.ask", connection.name()), body);
    }

    private static WebResponse told(Visit visit, Connection connection, Map<ConnectedAccount, Disconnected> ended) {
        List<Html> rows = ended.entrySet().stream()
                .map(entry -> Html.of(
                        "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s %s</td></tr>",
                        entry.getKey().member(),
                        ConnectionAccounts.identity(entry.getKey()),
                        visit.say("ended." + entry.getValue().revocation().name()),
                        entry.getValue()
                                .grantsPage()
                                .filter(page -> entry.getValue().revocation() != Revocation.REVOKED)
                                .map(page -> Html.of(
                                        "<a href=\"%s\" target=\"_blank\" rel=\"noopener noreferrer\">%s</a>",
                                        page, visit.say("ended.page")))
                                .orElse(Html.NOTHING)))
                .toList();
        return visit.page(
                visit.say("delete.done", connection.name()),
                Html.of(
                        "<p class=\"good\" role=\"status\">%s</p>%s<p><a href=\"%s\">%s</a></p>",
                        visit.count("delete.ended", ended.size()),
                        Pieces.table(
                                visit.say("delete.became"),
                                List.of(
                                        visit.say("account.member"),
                                        visit.say("account.identity"),
                                        visit.say("delete.at-service")),
                                rows),
                        visit.at(OwnerPaths.PANEL),
                        visit.say("owner.back")));
    }
}
