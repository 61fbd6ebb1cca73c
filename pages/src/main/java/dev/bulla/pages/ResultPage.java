package dev.bulla.pages;

import dev.bulla.error.Obstacle;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.model.Landing;
import dev.bulla.web.WebResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How connecting ended. The address says what to look for; what is told is what is so. */
final class ResultPage {
    private ResultPage() {}

    static WebResponse show(Visit visit) {
        String name = visit.parameter("connection");
        String label = visit.parameter("label");
        Optional<ConnectedAccount> account = visit.member().accounts().stream()
                .filter(known ->
                        known.connection().equals(name) && known.label().equals(label))
                .filter(Words::isLive)
                .findFirst();
        return visit.parameter("outcome").equals("connected") && account.isPresent()
                ? connected(visit, account.get())
                : failed(visit, name, label);
    }

    private static WebResponse connected(Visit visit, ConnectedAccount account) {
        String service = Words.service(visit, account.connection());
        List<Obstacle> obstacles = visit.member().explain(account.connection(), account.label()).obstacles().stream()
                .filter(obstacle -> !obstacle.code().equals("KEY_REQUIRED"))
                .toList();
        String identity = Words.identity(account);
        return page(
                visit,
                account.connection(),
                "connected",
                visit.say("result.connected", service),
                Html.of(
                        "<section class=\"card result\">%s<p>%s</p>%s</section>",
                        Monogram.of(service),
                        identity.isEmpty()
                                ? visit.say("result.connected-what", service)
                                : visit.say("result.connected-as", service, identity),
                        Words.obstacles(visit, obstacles)));
    }

    private static WebResponse failed(Visit visit, String name, String label) {
        ConnectError code = Arrays.stream(ConnectError.values())
                .filter(known -> known.code().equals(visit.parameter("code")))
                .findFirst()
                .orElse(ConnectError.SESSION_EXPIRED);
        String detail = visit.parameter("detail").matches("[a-z0-9_.-]{1,64}") ? visit.parameter("detail") : "";
        Obstacle advice = new Landing.Failed(code, detail).advice();
        Optional<Connection> connection = visit.member().connectable().stream()
                .filter(known -> known.name().equals(name))
                .findFirst();
        return page(
                visit,
                connection.map(Connection::name).orElse(""),
                code.code(),
                visit.say(
                        code == ConnectError.AUTHORIZATION_DENIED
                                ? "result.denied"
                                : code == ConnectError.SESSION_EXPIRED ? "result.expired" : "result.failed"),
                Html.of(
                        "<section class=\"card\"><p>%s</p><p class=\"quiet\">%s</p>%s</section>",
                        Words.sentence(visit, advice),
                        visit.say("actor." + advice.actor().name()),
                        connection
                                .map(known ->
                                        ConnectPages.button(visit, known, label, "result.again", false, origin(visit)))
                                .orElse(Html.NOTHING)));
    }

    private static String origin(Visit visit) {
        return Popup.checked(visit.site(), visit.parameter(Popup.NAME));
    }

    /** In a popup the script tells the page that opened it, status only, and closes it. */
    private static WebResponse page(Visit visit, String connection, String outcome, String title, Html body) {
        String origin = origin(visit);
        Html attributes =
                Html.of(" data-outcome=\"%s\" data-connection=\"%s\" data-origin=\"%s\"", outcome, connection, origin);
        return Layout.page(
                visit.site(),
                visit.request(),
                Optional.of(visit.caller()),
                200,
                title,
                Html.of(
                        "%s%s<p><a%s href=\"%s\">%s</a></p>",
                        body,
                        Html.of("<p class=\"quiet\">%s</p>", visit.say("result.close"))
                                .when(!origin.isEmpty()),
                        Html.of(" class=\"button\"").when(outcome.equals("connected")),
                        visit.at(MemberPaths.PANEL),
                        visit.say("panel.back")),
                attributes);
    }
}
