package dev.bulla.examples.quickstart;

import dev.bulla.examples.quickstart.Router.For;
import dev.bulla.web.WebResponse;
import java.util.Arrays;
import java.util.List;

/** Who are you? A real host has a real login here. */
final class WelcomePages {
    private final Visitors visitors;

    WelcomePages(Visitors visitors) {
        this.visitors = visitors;
    }

    void addTo(Router router) {
        router.get("/", For.ANYBODY, this::welcome);
        router.get("/style.css", For.ANYBODY, visit -> Layout.style());
        router.post("/login", For.ANYBODY, this::login);
        router.post("/logout", For.ANYBODY, visit -> visitors.enter(visit.request(), null, visit.go("/")));
    }

    private WebResponse welcome(Visit visit) {
        if (visit.visitor().person().isPresent()) {
            return visit.go(visit.person().isOwner() ? "/owner" : "/accounts");
        }
        List<Html> people =
                Arrays.stream(Person.values()).map(WelcomePages::choice).toList();
        return visit.page(
                "Who are you?",
                Html.of(
                        """
                %s
                <p class="lead">An owner sets a service up once. Every member connects an own account to it, and what the
                service hands out is sealed to that member.</p>
                %s
                <p class="quiet">Start as Olivia, go on as Alice. Nothing leaves this machine.</p>
                """,
                        Html.of(
                                        "<p class=\"bad\">The way back from the service was not recognised. Log in and connect again.</p>")
                                .when(!visit.parameter("bulla_error").isEmpty()),
                        visit.form("/login", Html.of("<div class=\"people\">%s</div>", people))));
    }

    private static Html choice(Person person) {
        return Html.of(
                "<button name=\"person\" value=\"%s\"><strong>%s</strong><span>%s</span></button>",
                person.id(),
                person.displayName(),
                person.isOwner() ? "owner: sets services up" : "member: connects and uses them");
    }

    private WebResponse login(Visit visit) {
        return Arrays.stream(Person.values())
                .filter(person -> person.id().equals(visit.field("person")))
                .findFirst()
                .map(person -> visitors.enter(visit.request(), person, visit.go("/")))
                .orElseGet(() -> visit.go("/"));
    }
}
