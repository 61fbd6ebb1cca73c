package dev.bulla.pages;

import dev.bulla.error.Obstacle;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.model.SealedTo;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.web.WebResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every service that a member has connected or can connect, and where it stands. */
final class MemberPanel {
    private static final List<String> DONE = List.of("refreshed", "not-refreshed");

    /** So many services need no search. */
    private static final int FEW = 3;

    private MemberPanel() {}

    /** A connection with what the member has on it. */
    private record Entry(String name, String service, Optional<Connection> open, List<ConnectedAccount> accounts) {
        boolean isConnected() {
            return !accounts.isEmpty();
        }

        String searched() {
            return (name + " " + service).toLowerCase(Locale.ROOT);
        }
    }

    static WebResponse show(Visit visit) {
        String wanted = visit.parameter("q").strip();
        List<Entry> all = entries(visit);
        List<Entry> found = all.stream()
                .filter(entry -> entry.searched().contains(wanted.toLowerCase(Locale.ROOT)))
                .toList();
        return visit.page(
                visit.say("panel.title"),
                Html.of(
                        "%s%s%s%s%s%s",
                        Words.done(visit, DONE),
                        DisconnectPage.told(visit),
                        keyNote(visit),
                        all.isEmpty()
                                ? Html.of("<section class=\"card\"><p>%s</p></section>", visit.say("panel.none"))
                                : search(visit, wanted, found.isEmpty()).when(all.size() > FEW || !wanted.isEmpty()),
                        part(
                                visit,
                                "panel.connected",
                                found.stream().filter(Entry::isConnected).toList()),
                        part(
                                visit,
                                "panel.open",
                                found.stream()
                                        .filter(entry -> !entry.isConnected())
                                        .toList())));
    }

    private static List<Entry> entries(Visit visit) {
        Map<String, Connection> open = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        visit.member().connectable().forEach(connection -> open.put(connection.name(), connection));
        Map<String, List<ConnectedAccount>> accounts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        open.keySet().forEach(name -> accounts.put(name, new ArrayList<>()));
        visit.member()
                .accounts()
                .forEach(account -> accounts.computeIfAbsent(account.connection(), name -> new ArrayList<>())
                        .add(account));
        List<Entry> entries = new ArrayList<>();
        accounts.forEach((name, known) ->
                entries.add(new Entry(name, Words.service(visit, name), Optional.ofNullable(open.get(name)), known)));
        return entries;
    }

    private static Html keyNote(Visit visit) {
        boolean has = visit.member().keys().status().isPresent();
        return Html.of(
                        "<p class=\"note\">%s <a href=\"%s\">%s</a></p>",
                        visit.say("panel.no-key"), visit.at(MemberPaths.KEY), visit.say("panel.no-key-link"))
                .when(!has);
    }

    private static Html search(Visit visit, String wanted, boolean none) {
        return Html.of(
                """
                <form class="search" role="search" method="get" action="%s"><label for="q">%s</label>
                <div class="bar"><input id="q" name="q" type="search" value="%s" autocomplete="off"
                 data-filter="[data-name]" data-none="none"><button class="plain">%s</button></div></form>
                <p id="none" role="status"%s>%s</p>
                """,
                visit.at(MemberPaths.PANEL),
                visit.say("panel.search"),
                wanted,
                visit.say("panel.find"),
                Html.of(" hidden").when(!none),
                visit.say("panel.nothing-found"));
    }

    private static Html part(Visit visit, String key, List<Entry> entries) {
        return Html.of(
                        "<h2>%s</h2><ul class=\"services\">%s</ul>",
                        visit.say(key),
                        entries.stream().map(entry -> card(visit, entry)).toList())
                .when(!entries.isEmpty());
    }

    private static Html card(Visit visit, Entry entry) {
        List<Html> accounts = entry.accounts().stream()
                .map(account -> account(visit, entry, account))
                .toList();
        return Html.of(
                """
                <li class="card service" data-name="%s">%s<div class="grow"><h3>%s</h3>%s%s%s</div></li>
                """,
                entry.searched(),
                Monogram.of(entry.service()),
                entry.name(),
                Html.of("<p class=\"quiet\">%s</p>", entry.service())
                        .when(!entry.service().equalsIgnoreCase(entry.name())),
                accounts,
                entry.open()
                        .map(connection ->
                                entry.isConnected() ? another(visit, connection, entry) : fresh(visit, connection))
                        .orElse(Html.NOTHING));
    }

    /** One that was never connected: what is in the way of it, if anything is. */
    private static Html fresh(Visit visit, Connection connection) {
        List<Obstacle> obstacles = visit.member().explain(connection.name()).obstacles().stream()
                .filter(obstacle -> !obstacle.code().equals("NOT_CONNECTED"))
                .toList();
        return Html.of(
                "%s<div class=\"bar\">%s</div>",
                Words.obstacles(visit, obstacles),
                ConnectPages.button(visit, connection, "", "panel.connect", false, "")
                        .when(obstacles.stream().noneMatch(Obstacle::blocks)));
    }

    private static Html account(Visit visit, Entry entry, ConnectedAccount account) {
        List<Obstacle> obstacles = visit.member().explain(account.connection(), account.label()).obstacles().stream()
                .filter(obstacle -> !obstacle.code().equals("KEY_REQUIRED"))
                .toList();
        boolean works = obstacles.stream().noneMatch(Obstacle::blocks);
        String name = account.label().isEmpty() ? entry.name() : entry.name() + ", " + account.label();
        return Html.of(
                """
                <div class="account">%s<p>%s %s</p>%s%s<div class="bar" role="group" aria-label="%s">%s</div></div>
                """,
                Html.of("<h4>%s</h4>", account.label()).when(!account.label().isEmpty()),
                Words.status(visit, account, works),
                Words.sealed(visit, account.sealedTo()).when(Words.isLive(account)),
                facts(visit, account).when(Words.isLive(account)),
                Words.obstacles(visit, obstacles),
                visit.say("panel.actions", name),
                actions(visit, entry, account, name, works));
    }

    private static Html facts(Visit visit, ConnectedAccount account) {
        List<Html> facts = new ArrayList<>();
        if (!Words.identity(account).isEmpty()) {
            facts.add(fact(visit, "my.account.identity", Html.of("<strong>%s</strong>", Words.identity(account))));
        }
        facts.add(fact(
                visit,
                "my.account.used",
                account.lastUsedAt().map(visit::time).orElse(Html.of("%s", visit.say("my.account.never")))));
        account.refreshBy().ifPresent(time -> facts.add(fact(visit, "my.account.refresh-by", visit.time(time))));
        if (account.refreshBy().isEmpty()) {
            account.expiresAt().ifPresent(time -> facts.add(fact(visit, "my.account.expires", visit.time(time))));
        }
        return Html.of("<dl class=\"facts\">%s</dl>", facts);
    }

    private static Html fact(Visit visit, String key, Html value) {
        return Html.of("<dt>%s</dt><dd>%s</dd>", visit.say(key), value);
    }

    private static List<Html> actions(Visit visit, Entry entry, ConnectedAccount account, String name, boolean works) {
        List<Html> actions = new ArrayList<>();
        boolean live = Words.isLive(account);
        boolean locked = account.sealedTo() == SealedTo.MEMBER && !visit.hasSession();
        Optional<Provider> provider = Words.provider(visit, entry.name());
        entry.open().ifPresent(connection -> {
            String key =
                    connection.mode() == Mode.FORM && live ? "panel.edit" : live ? "panel.reconnect" : "panel.connect";
            boolean pending = account.status() == AccountStatus.PENDING;
            actions.add(ConnectPages.button(visit, connection, account.label(), key, pending || (works && live), ""));
            boolean chooses = provider.map(known -> known.in(connection.mode()))
                    .flatMap(Provider::selection)
                    .isPresent();
            if (live && chooses) {
                String choose = pending ? "panel.choose-first" : "panel.choose";
                actions.add(
                        pending ? 0 : actions.size(),
                        WithKeyPages.button(visit, MemberPaths.CHOOSE_AGAIN, account, choose, name, !pending, locked));
            }
        });
        if (live && works && account.expiresAt().isPresent()) {
            actions.add(WithKeyPages.button(visit, MemberPaths.REFRESH, account, "panel.refresh", name, true, locked));
        }
        if (live) {
            actions.add(Html.of(
                    "<a class=\"button plain danger\" href=\"%s\">%s</a>",
                    visit.at(MemberPaths.DISCONNECT, "connection", account.connection(), "label", account.label()),
                    Words.named(visit, "panel.disconnect", name)));
        }
        return actions;
    }

    /** A further account on a connection, told apart by a label. */
    private static Html another(Visit visit, Connection connection, Entry entry) {
        String id = "label-" + connection.id();
        Html content = Html.of(
                """
                <input type="hidden" name="connection" value="%s"><div class="field"><label for="%s">%s</label>
                <p class="hint" id="%s-hint">%s</p><input id="%s" name="label" required maxlength="100" autocomplete="off"
                 aria-describedby="%s-hint"></div><button class="plain">%s</button>
                """,
                connection.name(),
                id,
                visit.say("panel.label"),
                id,
                visit.say("panel.label-hint"),
                id,
                id,
                Words.named(visit, "panel.another-do", connection.name()));
        return Html.of(
                        "<details><summary>%s</summary>%s</details>",
                        Words.named(visit, "panel.another", connection.name()), ConnectPages.form(visit, content, ""))
                .when(entry.accounts().stream().anyMatch(Words::isLive));
    }
}
