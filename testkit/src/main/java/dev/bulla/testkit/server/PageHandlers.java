package dev.bulla.testkit.server;

import dev.bulla.testkit.service.AuthorizationRefused;
import dev.bulla.testkit.service.AuthorizationRequest;
import dev.bulla.testkit.service.OAuthService;
import dev.bulla.testkit.service.User;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The pages: login, consent, connected apps, registration of apps. */
final class PageHandlers {
    /** What a logged-in person sees or does. */
    private interface Inside {
        void visit(Visit visit, Sessions.Session session) throws IOException;
    }

    private final OAuthService service;
    private final Sessions sessions;
    private final Pages pages;

    PageHandlers(OAuthService service, Sessions sessions, Pages pages) {
        this.service = service;
        this.sessions = sessions;
        this.pages = pages;
    }

    void home(Visit visit) throws IOException {
        boolean known = "/".equals(visit.path());
        visit.page(known ? 200 : 404, known ? pages.home() : pages.problem("There is no such page."));
    }

    /** RFC 6749 section 3.1. The request is checked before anybody logs in, and again when the form comes back. */
    void authorize(Visit visit) throws IOException {
        String query = visit.isPost() ? visit.form().get("request") : visit.rawQuery();
        Form parameters = Form.of(query);
        if (parameters.repeats()) {
            visit.page(400, pages.problem("A parameter of the request stands there twice."));
            return;
        }
        AuthorizationRequest request;
        try {
            request = service.authorization(parameters.single());
        } catch (AuthorizationRefused refused) {
            Optional<URI> callback = refused.callback();
            if (callback.isPresent()) {
                visit.redirect(callback.get().toString());
            } else {
                visit.page(400, pages.problem(String.valueOf(refused.getMessage())));
            }
            return;
        }
        inside(visit, "/authorize?" + query, (there, session) -> decide(there, session, request, query));
    }

    private void decide(Visit visit, Sessions.Session session, AuthorizationRequest request, String query)
            throws IOException {
        if (!visit.isPost()) {
            visit.page(200, pages.consent(request, query, session.user(), session.formToken(), service.scopes()));
            return;
        }
        Form form = visit.form();
        URI callback = "allow".equals(form.get("decision"))
                ? service.approve(request, session.user().name(), form.all("scope"))
                : service.deny(request, "access_denied");
        visit.redirect(callback.toString());
    }

    void login(Visit visit) throws IOException {
        if (!visit.isPost()) {
            visit.page(200, pages.login("/grants", false));
            return;
        }
        Form form = visit.form();
        String next = form.get("next");
        boolean ours = ours(next);
        Optional<User> user = service.login(form.get("username"), form.get("password"));
        if (user.isEmpty()) {
            visit.page(401, pages.login(ours ? next : "/grants", true));
            return;
        }
        sessions.open(visit, user.get());
        visit.redirect(ours ? next : "/grants");
    }

    void logout(Visit visit) throws IOException {
        if (!visit.isPost()) {
            visit.redirect("/login");
            return;
        }
        sessions.close(visit);
        String next = visit.form().get("next");
        visit.redirect(ours(next) ? next : "/login");
    }

    /** Whether a page asks for a login itself, so that it is safe to send anybody there. */
    private static boolean ours(String next) {
        return List.of("/authorize?", "/grants", "/apps").stream().anyMatch(next::startsWith);
    }

    void grants(Visit visit) throws IOException {
        inside(visit, "/grants", (there, session) -> {
            String user = session.user().name();
            if (there.isPost()) {
                service.endGrant(user, there.form().get("client"));
                there.redirect("/grants");
            } else {
                there.page(200, pages.grants(session.user(), service.grants(user), session.formToken()));
            }
        });
    }

    void apps(Visit visit) throws IOException {
        String query = visit.rawQuery();
        inside(visit, query.isEmpty() ? "/apps" : "/apps?" + query, (there, session) -> {
            if (!there.isPost()) {
                Form given = there.query();
                there.page(200, pages.apps(session.formToken(), "", given.get("name"), given.get("redirect_uri")));
                return;
            }
            String redirectUri = there.form().get("redirect_uri").strip();
            String name = there.form().get("name").strip();
            if (!sound(redirectUri) || name.isEmpty()) {
                there.page(
                        400,
                        pages.apps(
                                session.formToken(),
                                "An absolute http or https address without fragment is needed.",
                                name,
                                redirectUri));
                return;
            }
            String id = "app-" + Sessions.random().substring(0, 12);
            String secret = Sessions.random();
            service.client(id, name, secret, List.of(redirectUri));
            there.page(200, pages.registered(name, id, secret, redirectUri));
        });
    }

    private void inside(Visit visit, String next, Inside then) throws IOException {
        Optional<Sessions.Session> session = sessions.of(visit);
        if (session.isEmpty()) {
            visit.page(200, pages.login(next, false));
        } else if (visit.isPost()
                && !visit.form().get("token").equals(session.get().formToken())) {
            visit.page(403, pages.problem("This form is out of date. Go back and try again."));
        } else {
            then.visit(visit, session.get());
        }
    }

    private static boolean sound(String redirectUri) {
        try {
            URI uri = new URI(redirectUri);
            return uri.getHost() != null
                    && uri.getRawFragment() == null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }
}
