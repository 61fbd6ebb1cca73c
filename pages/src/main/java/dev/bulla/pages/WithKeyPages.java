package dev.bulla.pages;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Refreshed;
import dev.bulla.web.WebResponse;
import java.util.List;
import java.util.function.Function;

/** What needs the member's key where the account is sealed to it: choosing again, refreshing now. It asks for the key only then. */
final class WithKeyPages {
    private WithKeyPages() {}

    /** A button that does it, or, where the key is needed, a link to the page that asks for it. */
    static Html button(
            Visit visit,
            String path,
            ConnectedAccount account,
            String key,
            String name,
            boolean plain,
            boolean needsKey) {
        if (needsKey) {
            return Html.of(
                    "<a class=\"%s\" href=\"%s\">%s</a>",
                    plain ? "button plain" : "button",
                    visit.at(path, "connection", account.connection(), "label", account.label()),
                    Words.named(visit, key, name));
        }
        return visit.form(
                path,
                Html.of(
                        "%s<button%s>%s</button>",
                        fields(account.connection(), account.label()),
                        Html.of(" class=\"plain\"").when(plain),
                        Words.named(visit, key, name)));
    }

    private static Html fields(String connection, String label) {
        return Html.of("""
                <input type="hidden" name="connection" value="%s"><input type="hidden" name="label" value="%s">
                """, connection, label);
    }

    static WebResponse askChoice(Visit visit) {
        return ask(
                visit,
                MemberPaths.CHOOSE_AGAIN,
                "again",
                visit.parameter("connection"),
                visit.parameter("label"),
                200,
                List.of());
    }

    private static WebResponse ask(
            Visit visit, String path, String what, String connection, String label, int status, List<Html> errors) {
        ConnectedAccount account = DisconnectPage.account(visit, connection, label);
        return visit.page(
                status,
                visit.say(what + ".title", account.connection()),
                Html.of(
                        "%s<section class=\"card\">%s</section><p><a href=\"%s\">%s</a></p>",
                        Pieces.errors(visit, errors),
                        visit.form(
                                path,
                                Html.of(
                                        "%s%s<button>%s</button>",
                                        fields(connection, label),
                                        Words.keyField(visit, "key", "key.field", what + ".key", true),
                                        visit.say(what + ".do"))),
                        visit.at(MemberPaths.PANEL),
                        visit.say("panel.back")));
    }

    static WebResponse choose(Visit visit) {
        return asking(visit, MemberPaths.CHOOSE_AGAIN, "again", (connection) -> {
            Ticket ticket = visit.opened(session -> Ticket.of(session.selection(connection, visit.field("label"))));
            return visit.go(MemberPaths.CHOOSE, "t", ticket.id()).cookie(ticket.cookie(visit.site()));
        });
    }

    static WebResponse askRefresh(Visit visit) {
        return ask(
                visit,
                MemberPaths.REFRESH,
                "refresh",
                visit.parameter("connection"),
                visit.parameter("label"),
                200,
                List.of());
    }

    static WebResponse refresh(Visit visit) {
        return asking(visit, MemberPaths.REFRESH, "refresh", connection -> {
            Refreshed refreshed = visit.opened(session -> session.refresh(connection, visit.field("label")));
            return visit.go(
                    MemberPaths.PANEL, "done", refreshed == Refreshed.REFRESHED ? "refreshed" : "not-refreshed");
        });
    }

    private static WebResponse asking(Visit visit, String path, String what, Function<String, WebResponse> work) {
        String connection = visit.field("connection");
        try {
            return work.apply(connection);
        } catch (BullaException e) {
            boolean aboutKey = e.code() == ErrorCode.KEY_REQUIRED
                    || e.code() == ErrorCode.KEY_MALFORMED
                    || e.code() == ErrorCode.KEY_WRONG;
            if (!aboutKey) {
                throw e;
            }
            return ask(
                    visit,
                    path,
                    what,
                    connection,
                    visit.field("label"),
                    422,
                    List.of(Refusals.keyLink(visit, e, "key")));
        }
    }
}
