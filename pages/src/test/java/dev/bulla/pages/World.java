package dev.bulla.pages;

import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.model.Settings;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import dev.bulla.web.Caller;
import dev.bulla.web.FormToken;
import dev.bulla.web.Problem;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A host with pages, its services, and one connection to each of them. */
final class World implements AutoCloseable {
    static final String TENANT = "acme";

    final FakeService notes = FakeService.speaking(Services.notes());
    final FakeService drive = FakeService.speaking(Services.drive());
    final FakeService mail = FakeService.speaking(Services.mail());
    final TestBulla bulla = TestBulla.inMemory(notes, drive, mail).at("2026-11-20T12:00:00Z");
    final Map<String, Session> sessions = new ConcurrentHashMap<>();
    /** Where this host sends those who are not logged in; empty: it says nothing. */
    String login = "";

    /** Whether this host knows well enough who is asking. */
    boolean proven = true;

    private PageOptions options = PageOptions.of("Workbench");

    World() {
        mail.api(call -> call.headers().toString().contains("MK-bad")
                ? FakeService.json(401, "{}")
                : FakeService.json(200, "{\"id\":\"m1\",\"name\":\"Mail of somebody\"}"));
        for (String name : new String[] {Services.NOTES, Services.DRIVE}) {
            bulla.bulla().tenant(TENANT).connections().create(name, name);
            bulla.bulla()
                    .tenant(TENANT)
                    .connections()
                    .save(name, Settings.clientId("client-" + name).clientSecret("app-secret-" + name));
        }
        bulla.bulla().tenant(TENANT).connections().create(Services.MAIL, Services.MAIL);
    }

    World with(PageOptions other) {
        options = other;
        return this;
    }

    /** A node of its own: nothing is shared with others but the database. */
    BullaPages node() {
        return BullaPages.of(bulla.bulla(), new Host(), options);
    }

    Member member(String name) {
        return bulla.bulla().tenant(TENANT).member(name);
    }

    /** A browser in which somebody is logged in; owners are called {@code owner}. */
    Client browser(String member) {
        return new Client(this, member);
    }

    /** The name of the member is the session of the host, and the token of its forms. */
    private final class Host implements WebHost {
        @Override
        public Optional<Caller> caller(WebRequest request) {
            return Optional.ofNullable(request.cookies().get("login"))
                    .map(name -> new Caller(TENANT, name, name.equals("owner")));
        }

        @Override
        public boolean isTrusted(WebRequest request) {
            return caller(request)
                    .filter(caller -> request.field("csrf").equals(Optional.of("token-of-" + caller.member())))
                    .isPresent();
        }

        @Override
        public Optional<FormToken> formToken(WebRequest request) {
            return caller(request).map(caller -> new FormToken("csrf", "token-of-" + caller.member()));
        }

        @Override
        public boolean isProven(WebRequest request, Caller caller) {
            return proven;
        }

        @Override
        public WebResponse refused(WebRequest request, Problem problem) {
            return problem == Problem.LOGIN_REQUIRED && !login.isEmpty()
                    ? WebResponse.redirect(URI.create(login))
                    : problem.toResponse();
        }

        @Override
        public Optional<Session> session(WebRequest request, Caller caller) {
            return Optional.ofNullable(sessions.get(caller.member()));
        }
    }

    @Override
    public void close() {
        bulla.close();
    }
}
