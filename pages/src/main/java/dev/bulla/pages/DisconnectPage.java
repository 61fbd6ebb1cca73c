package dev.bulla.pages;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.SealedTo;
import dev.bulla.provider.Provider;
import dev.bulla.web.WebResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Ends an account, after saying what becomes of it. */
final class DisconnectPage {
    private DisconnectPage() {}

    static WebResponse ask(Visit visit) {
        return ask(visit, account(visit, visit.parameter("connection"), visit.parameter("label")), 200, List.of());
    }

    /** The member's live account. @throws BullaException {@code NOT_CONNECTED} */
    static ConnectedAccount account(Visit visit, String connection, String label) {
        return visit.member().accounts().stream()
                .filter(known ->
                        known.connection().equals(connection) && known.label().equals(label))
                .filter(Words::isLive)
                .findFirst()
                .orElseThrow(() -> new BullaException(ErrorCode.NOT_CONNECTED, "there is no such account"));
    }

    private static WebResponse ask(Visit visit, ConnectedAccount account, int status, List<Html> errors) {
        String service = Words.service(visit, account.connection());
        boolean locked = account.sealedTo() == SealedTo.MEMBER && !visit.hasSession();
        String identity = Words.identity(account);
        return visit.page(
                status,
                visit.say("disconnect.title", account.connection()),
                Html.of(
                        """
                        %s<section class="card">%s<p>%s</p><ul><li>%s</li><li>%s</li><li>%s</li></ul>%s</section>
                        """,
                        Pieces.errors(visit, errors),
                        Monogram.of(service),
                        identity.isEmpty()
                                ? visit.say("disconnect.what", service)
                                : visit.say("disconnect.what-as", service, identity),
                        visit.say("disconnect.here"),
                        visit.say(locked ? "disconnect.there-locked" : "disconnect.there", service),
                        visit.say("disconnect.rest"),
                        visit.form(
                                MemberPaths.DISCONNECT,
                                Html.of(
                                        """
                                        <input type="hidden" name="connection" value="%s">
                                        <input type="hidden" name="label" value="%s">%s
                                        <div class="bar"><button class="danger">%s</button>
                                        <a class="button plain" href="%s">%s</a></div>
                                        """,
                                        account.connection(),
                                        account.label(),
                                        locked
                                                ? Words.keyField(
                                                        visit, "key", "key.field-optional", "disconnect.key", false)
                                                : Html.NOTHING,
                                        visit.say("disconnect.do"),
                                        visit.at(MemberPaths.PANEL),
                                        visit.say("disconnect.keep")))));
    }

    static WebResponse disconnect(Visit visit) {
        ConnectedAccount account = account(visit, visit.field("connection"), visit.field("label"));
        try {
            Disconnected ended = visit.opened(session -> session.disconnect(account.connection(), account.label()));
            return visit.go(MemberPaths.PANEL, "ended", ended.revocation().name(), "connection", account.connection());
        } catch (BullaException e) {
            if (e.code() != ErrorCode.KEY_MALFORMED && e.code() != ErrorCode.KEY_WRONG) {
                throw e;
            }
            return ask(visit, account, 422, List.of(Refusals.keyLink(visit, e, "key")));
        }
    }

    /** What became of the tokens of an account that was just ended, and where the member sees to it at the service. */
    static Html told(Visit visit) {
        Optional<Revocation> revocation = Arrays.stream(Revocation.values())
                .filter(known -> known.name().equals(visit.parameter("ended")))
                .findFirst();
        if (revocation.isEmpty()) {
            return Html.NOTHING;
        }
        boolean done = revocation.get() == Revocation.REVOKED;
        Html page = Words.provider(visit, visit.parameter("connection"))
                .flatMap(Provider::grantsPage)
                .map(address -> Html.of(
                        " <a href=\"%s\" rel=\"noopener noreferrer\" target=\"_blank\">%s</a>",
                        address, visit.say("place.SERVICE")))
                .orElse(Html.NOTHING);
        return Html.of(
                "<p class=\"%s\" role=\"status\">%s %s%s</p>",
                done ? "good" : "note",
                visit.say("my.ended"),
                visit.say("my.ended." + revocation.get().name()),
                page.when(!done));
    }
}
