package dev.bulla.pages;

import dev.bulla.Connections.Accounts;
import dev.bulla.Connections.OldApps;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Connection;
import dev.bulla.provider.Mode;
import java.util.ArrayList;
import java.util.List;

/** What an owner does with a connection as a whole. What can not be taken back is asked for once more, on a page of its own. */
final class ConnectionActions {
    private ConnectionActions() {}

    static Html of(Visit visit, Connection connection, Accounts accounts) {
        List<Html> rows = new ArrayList<>();
        String to = connection.enabled() ? "off" : "on";
        rows.add(row(
                visit.say("switch." + to),
                visit.say("switch-hint." + to),
                visit.form(OwnerPaths.SWITCH, Html.of("""
                        <input type="hidden" name="name" value="%s"><button class="plain" name="to" value="%s">%s</button>
                        """, connection.name(), to, visit.say("switch." + to)))));
        if (connection.mode() == Mode.OWN_APP) {
            OldApps old = visit.connections().oldApps(connection.name());
            if (!old.clientIds().isEmpty()) {
                rows.add(row(
                        visit.say("retire.title"),
                        visit.count("retire.hint", old.accounts().size()),
                        next(visit, OwnerPaths.RETIRE, connection, "retire.title")));
            }
        }
        if (accounts.count(AccountStatus.ACTIVE) + accounts.count(AccountStatus.PENDING) > 0) {
            rows.add(row(
                    visit.say("reconnect.title"),
                    visit.say("reconnect.hint"),
                    next(visit, OwnerPaths.RECONNECT, connection, "reconnect.title")));
        }
        rows.add(row(
                visit.say("delete.title"),
                visit.say("delete.hint"),
                next(visit, OwnerPaths.DELETE, connection, "delete.title")));
        return Html.of(
                "<section aria-labelledby=\"actions\"><h2 id=\"actions\">%s</h2><ul class=\"part rows actions\">%s</ul></section>",
                visit.say("owner.actions"), rows);
    }

    private static Html row(String title, String hint, Html action) {
        return Html.of("<li><div><h3>%s</h3><p class=\"hint\">%s</p></div>%s</li>", title, hint, action);
    }

    /** To the page that asks once more; nothing is done on the way. */
    private static Html next(Visit visit, String path, Connection connection, String key) {
        return Html.of(
                "<a class=\"button plain\" href=\"%s\">%s&hellip;</a>",
                visit.at(path, "name", connection.name()), visit.say(key));
    }
}
