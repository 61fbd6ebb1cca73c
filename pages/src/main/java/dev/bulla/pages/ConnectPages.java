package dev.bulla.pages;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Connection;
import dev.bulla.provider.Mode;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** On the way to a service. */
final class ConnectPages {
    private ConnectPages() {}

    /** One connection by itself: what a popup of the host's own page shows first. */
    static WebResponse ask(Visit visit) {
        Connection connection = connectable(visit, visit.parameter("connection"));
        String service = Words.service(visit, connection.name());
        String origin = Popup.checked(visit.site(), visit.parameter(Popup.NAME));
        Html scopes = Html.of(
                        "<h2>%s</h2><ul>%s</ul>", visit.say("connect.scopes", service), Words.scopes(visit, connection))
                .when(!connection.scopes().isEmpty() && connection.mode() != Mode.FORM);
        return visit.page(
                visit.say("connect.title", service),
                Html.of(
                        "<section class=\"card\">%s<p>%s</p>%s%s</section><p><a href=\"%s\">%s</a></p>",
                        Monogram.of(service),
                        visit.say(
                                "connect.what", service, visit.site().options().title()),
                        scopes,
                        button(visit, connection, visit.parameter("label"), "connect.do", false, origin),
                        visit.at(MemberPaths.PANEL),
                        visit.say("panel.back")));
    }

    /** @throws BullaException {@code CONNECTION_UNKNOWN}, for what is none of the member's business too */
    static Connection connectable(Visit visit, String name) {
        return visit.member().connectable().stream()
                .filter(connection -> connection.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BullaException(ErrorCode.CONNECTION_UNKNOWN, "no connection of this name"));
    }

    /**
     * The button that leads to a service, or to the form of one that has no consent.
     *
     * @param key of its text, which gets the connection's name
     * @param origin of the page that is told how it ended, or empty
     */
    static Html button(Visit visit, Connection connection, String label, String key, boolean plain, String origin) {
        Html words = Words.named(visit, key, label.isEmpty() ? connection.name() : connection.name() + ", " + label);
        if (connection.mode() == Mode.FORM) {
            return Html.of(
                    "<a class=\"%s\" href=\"%s\">%s</a>",
                    plain ? "button plain" : "button",
                    visit.at(MemberPaths.FORM, "connection", connection.name(), "label", label, Popup.NAME, origin),
                    words);
        }
        return form(
                visit,
                Html.of(
                        """
                <input type="hidden" name="connection" value="%s"><input type="hidden" name="label" value="%s">
                <button%s>%s</button>
                """,
                        connection.name(), label, Html.of(" class=\"plain\"").when(plain), words),
                origin);
    }

    /** A form that leads to a service, in a popup where the host wants them. */
    static Html form(Visit visit, Html content, String origin) {
        boolean opens = visit.site().options().inPopups() && origin.isEmpty();
        return visit.form(
                MemberPaths.CONNECT,
                Html.of(" data-popup=\"bulla-connect\"").when(opens),
                Html.of("%s%s", content, Popup.field(origin)));
    }

    /**
     * Begins a flow. The answer is a page that goes on by itself, because browsers hold the policy for forms against redirects that follow one, and
     * services redirect to addresses that nobody can list.
     */
    static WebResponse connect(Visit visit) {
        String name = visit.field("connection");
        String label = visit.field("label");
        String origin = Popup.checked(visit.site(), visit.field(Popup.NAME));
        String query = (label.isEmpty() ? "" : "&label=" + encoded(label))
                + (origin.isEmpty() ? "" : "&popup=" + encoded(origin));
        String returnTo = Callback.returnTo(visit.site().bulla(), query.replaceFirst("^&", "?"));
        ConnectStep step = visit.member().connect(name, label, returnTo);
        if (!(step instanceof ConnectStep.Redirect redirect)) {
            return visit.go(MemberPaths.FORM, "connection", name, "label", label, Popup.NAME, origin);
        }
        return leaving(visit, Words.service(visit, name), redirect.location())
                .header("Refresh", "0; url=" + redirect.location())
                .cookie(redirect.cookie());
    }

    private static WebResponse leaving(Visit visit, String service, URI location) {
        return visit.page(
                visit.say("leaving.title", service),
                Html.of("""
                        <section class="card result"><p>%s</p><p><a class="button" href="%s" rel="noreferrer">%s</a></p></section>
                        """, visit.say("leaving.what", service), location, visit.say("leaving.go", service)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
