package dev.bulla.pages;

import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Landing;
import dev.bulla.web.WebResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another identity came back than the one that is connected: the member says which one it shall be. A no is sent, too. */
final class IdentityPage {
    private IdentityPage() {}

    static WebResponse ask(Visit visit) {
        Optional<Ticket> found = Ticket.find(visit, visit.parameter("t"), Ticket.IDENTITY);
        if (found.isEmpty()) {
            return over(visit);
        }
        Ticket ticket = found.get();
        String service = Words.service(visit, ticket.connection());
        String before = ticket.before().isEmpty() ? visit.say("identity.somebody") : ticket.before();
        return visit.page(
                visit.say("identity.title"),
                Html.of(
                        """
                        <section class="card">%s<p>%s</p><p>%s</p>%s</section>
                        """,
                        Monogram.of(service),
                        visit.say("identity.what", service, before, ticket.now()),
                        visit.say("identity.nothing-yet"),
                        visit.form(
                                MemberPaths.IDENTITY,
                                Html.of(
                                        """
                                        <input type="hidden" name="t" value="%s">%s<div class="bar">
                                        <button name="answer" value="yes">%s</button>
                                        <button class="plain" name="answer" value="no">%s</button></div>
                                        """,
                                        ticket.id(),
                                        Popup.field(Popup.checked(visit.site(), visit.parameter(Popup.NAME))),
                                        visit.say("identity.yes", ticket.now()),
                                        visit.say("identity.no")))));
    }

    /** The question, or the choice, was answered already, or too late. */
    static WebResponse over(Visit visit) {
        return visit.page(
                410,
                visit.say("ticket.over"),
                Html.of(
                        "<section class=\"card\"><p>%s</p><p><a class=\"button\" href=\"%s\">%s</a></p></section>",
                        visit.say("ticket.over-what"), visit.at(MemberPaths.PANEL), visit.say("panel.back")));
    }

    static WebResponse answer(Visit visit) {
        Optional<Ticket> found = Ticket.find(visit, visit.field("t"), Ticket.IDENTITY);
        if (found.isEmpty()) {
            return over(visit);
        }
        Ticket ticket = found.get();
        boolean yes = visit.field("answer").equals("yes");
        Landing.Outcome outcome = visit.member().confirmIdentity(ticket.secret(), yes);
        return end(visit, ticket, outcome).cookie(ticket.gone(visit.site()));
    }

    /** Where a question that was answered leads to: the next one, or the result. */
    static WebResponse end(Visit visit, Ticket ticket, Landing.Outcome outcome) {
        String origin = Popup.checked(visit.site(), visit.field(Popup.NAME));
        Optional<Ticket> next = Ticket.of(outcome, ticket.label());
        if (next.isPresent()) {
            return visit.go(next.get().page(), "t", next.get().id(), Popup.NAME, origin)
                    .cookie(next.get().cookie(visit.site()));
        }
        List<String> query = new ArrayList<>();
        if (outcome instanceof Landing.Failed failed) {
            query.addAll(List.of(
                    "outcome",
                    "failed",
                    "code",
                    failed.code().code(),
                    "detail",
                    failed.detail(),
                    "connection",
                    ticket.connection()));
        } else if (outcome instanceof Landing.Connected connected) {
            ConnectedAccount account = connected.account();
            query.addAll(List.of("outcome", "connected", "connection", account.connection()));
        }
        query.addAll(List.of("label", ticket.label(), Popup.NAME, origin));
        return visit.go(MemberPaths.RESULT, query.toArray(String[]::new));
    }
}
