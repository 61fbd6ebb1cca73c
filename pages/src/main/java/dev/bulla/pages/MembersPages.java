package dev.bulla.pages;

import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.web.WebResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Members of the tenant: those who have an account on one of its connections. */
final class MembersPages {
    private MembersPages() {}

    static WebResponse list(Visit visit) {
        Map<String, List<ConnectedAccount>> members = members(visit);
        List<Html> rows = Paging.slice(visit, List.copyOf(members.entrySet())).stream()
                .map(entry -> row(visit, entry.getKey(), entry.getValue()))
                .toList();
        List<String> heads = List.of(
                visit.say("account.member"),
                visit.say("members.connections"),
                visit.say("members.ready"),
                visit.say("members.attention"),
                visit.say("account.used"));
        return visit.page(
                visit.say("members.title"),
                Html.of(
                        "%s<p>%s</p>%s%s<p><a href=\"%s\">%s</a></p>",
                        OwnerWords.done(visit),
                        visit.say("members.who"),
                        rows.isEmpty()
                                ? Html.of("<p class=\"quiet\">%s</p>", visit.say("members.none"))
                                : Pieces.table(visit.say("members.caption"), heads, rows),
                        Paging.links(visit, OwnerPaths.MEMBERS, members.size()),
                        visit.at(OwnerPaths.PANEL),
                        visit.say("owner.back")));
    }

    private static Map<String, List<ConnectedAccount>> members(Visit visit) {
        Map<String, List<ConnectedAccount>> members = new TreeMap<>();
        for (Connection connection : visit.connections().list()) {
            visit.connections()
                    .accounts(connection.name())
                    .all()
                    .forEach(account -> members.computeIfAbsent(account.member(), id -> new ArrayList<>())
                            .add(account));
        }
        return members;
    }

    private static Html row(Visit visit, String member, List<ConnectedAccount> accounts) {
        List<ConnectedAccount> live = accounts.stream()
                .filter(account -> account.status() != AccountStatus.DISCONNECTED)
                .toList();
        long ready = live.stream().filter(ConnectedAccount::ready).count();
        Optional<Instant> used = accounts.stream()
                .flatMap(account -> account.lastUsedAt().stream())
                .max(Comparator.naturalOrder());
        return Html.of(
                "<tr><th scope=\"row\"><a href=\"%s\">%s</a></th><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>",
                visit.at(OwnerPaths.MEMBER, "id", member),
                member,
                String.join(
                        ", ",
                        live.stream()
                                .map(ConnectedAccount::connection)
                                .distinct()
                                .toList()),
                ready,
                live.size() - ready,
                used.map(visit::time).orElseGet(() -> Html.of("%s", visit.say("account.never"))));
    }

    /** The accounts of a member; a stranger looks like somebody of another tenant. */
    private static Optional<List<ConnectedAccount>> accounts(Visit visit, String member) {
        return Optional.ofNullable(members(visit).get(member));
    }

    static WebResponse show(Visit visit) {
        String member = visit.parameter("id");
        return accounts(visit, member)
                .map(accounts -> visit.page(
                        visit.say("member.title", member),
                        Html.of(
                                """
                        %s<p><a class="button plain" href="%s">%s&hellip;</a></p>
                        <p><a href="%s">%s</a></p>
                        """,
                                table(visit, member, accounts),
                                visit.at(OwnerPaths.REMOVE, "id", member),
                                visit.say("remove.title"),
                                visit.at(OwnerPaths.MEMBERS),
                                visit.say("members.back"))))
                .orElseGet(() -> Pieces.notFound(visit));
    }

    private static Html table(Visit visit, String member, List<ConnectedAccount> accounts) {
        List<Html> rows = accounts.stream()
                .map(account -> Html.of(
                        """
                        <tr><th scope="row"><a href="%s">%s</a></th><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>
                        """,
                        visit.at(OwnerPaths.CONNECTION, "name", account.connection()),
                        account.connection(),
                        ConnectionAccounts.identity(account),
                        ConnectionAccounts.status(visit, account),
                        visit.time(account.connectedAt()),
                        visit.say("sealed." + account.sealedTo().name())))
                .toList();
        List<String> heads = List.of(
                visit.say("account.connection"),
                visit.say("account.identity"),
                visit.say("account.status"),
                visit.say("account.connected"),
                visit.say("account.sealed"));
        return Pieces.table(visit.say("member.caption", member), heads, rows);
    }

    static WebResponse ask(Visit visit) {
        String member = visit.parameter("id");
        return accounts(visit, member)
                .map(accounts -> visit.page(
                        visit.say("remove.ask", member),
                        Html.of(
                                "<p>%s</p>%s%s<p><a href=\"%s\">%s</a></p>",
                                visit.say("remove.what"),
                                table(visit, member, accounts),
                                visit.form(
                                        OwnerPaths.REMOVE,
                                        Html.of(
                                                "<input type=\"hidden\" name=\"id\" value=\"%s\"><button class=\"danger\">%s</button>",
                                                member, visit.say("remove.do"))),
                                visit.at(OwnerPaths.MEMBER, "id", member),
                                visit.say("remove.keep"))))
                .orElseGet(() -> Pieces.notFound(visit));
    }

    static WebResponse remove(Visit visit) {
        String member = Pieces.sent(visit, "id");
        if (accounts(visit, member).isEmpty()) {
            return Pieces.notFound(visit);
        }
        visit.tenant().member(member).remove();
        return visit.go(OwnerPaths.MEMBERS, "done", "removed");
    }
}
