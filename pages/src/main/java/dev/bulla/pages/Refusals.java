package dev.bulla.pages;

import dev.bulla.error.BullaException;
import dev.bulla.web.Caller;
import dev.bulla.web.Problem;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.util.List;
import java.util.Optional;

/** Pages that say why there is no other one: what happened, who can help, and the code to look up. */
final class Refusals {
    private Refusals() {}

    static WebResponse loginRequired(Site site, WebRequest request) {
        return byHost(site, request, Optional.empty(), Problem.LOGIN_REQUIRED);
    }

    /** What the host says, such as the way to its login; a page where all it has is JSON. */
    static WebResponse byHost(Site site, WebRequest request, Optional<Caller> caller, Problem problem) {
        WebResponse said = site.host().refused(request, problem);
        boolean json = said.headers().getOrDefault("Content-Type", List.of()).stream()
                .anyMatch(type -> type.startsWith("application/json"));
        return json ? of(site, request, caller, problem.status(), problem.code()) : said;
    }

    /** @param code one of this package's own, which has its texts */
    static WebResponse of(Site site, WebRequest request, Optional<Caller> caller, int status, String code) {
        String title = site.texts().say("refusal." + code + ".title");
        Html body = Html.of(
                """
                <section class="card"><p>%s</p>%s</section>
                """,
                site.texts().say("refusal." + code),
                Html.of(
                                "<p><a class=\"button\" href=\"%s\">%s</a></p>",
                                site.at("/"), site.texts().say("refusal.on"))
                        .when(caller.isPresent()));
        return Layout.page(site, request, caller, status, title, body);
    }

    static WebResponse of(Site site, WebRequest request, Optional<Caller> caller, BullaException e) {
        Problem problem = Problem.of(e);
        Html body = Html.of(
                """
                <section class="card"><p>%s</p><p class="quiet">%s</p>
                <p><a class="button" href="%s">%s</a></p></section>
                """,
                sentence(site, e),
                site.texts().say("actor." + e.actor().name()),
                site.at("/"),
                site.texts().say("refusal.on"));
        return Layout.page(site, request, caller, problem.status(), site.texts().say("refusal.title"), body);
    }

    /** What to tell a person about a refusal. */
    static String sentence(Site site, BullaException e) {
        return site.texts()
                .find(Texts.ADVICE + e.advice().code())
                .orElse(e.advice().sentence());
    }

    /** The same about a key that was typed, as a link to its field. */
    static Html keyLink(Visit visit, BullaException e, String box) {
        return Html.of("<a href=\"%s\">%s</a>", "#" + box, sentence(visit.site(), e));
    }
}
