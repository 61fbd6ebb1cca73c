package dev.bulla.browser;

import dev.bulla.web.Caller;
import dev.bulla.web.FormToken;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The host's login: an address for each person. Olivia is the owner of every tenant. */
final class Door implements WebHost {
    private static final String COOKIE = "house";

    private record Guest(Caller caller, String formToken) {}

    private final Map<String, Guest> guests = new ConcurrentHashMap<>();

    static String login(String tenant, String person) {
        return "/login?tenant=" + tenant + "&person=" + person;
    }

    WebResponse answer(WebRequest request) {
        if (request.path().equals("/login")) {
            return login(request);
        }
        return WebResponse.html(200, "<!doctype html><html lang=\"en\"><title>House</title><h1>House</h1></html>");
    }

    private WebResponse login(WebRequest request) {
        String person = request.parameter("person").orElseThrow();
        Caller caller = new Caller(request.parameter("tenant").orElseThrow(), person, person.equals("olivia"));
        String id = UUID.randomUUID().toString();
        guests.put(id, new Guest(caller, UUID.randomUUID().toString()));
        return WebResponse.redirect(URI.create("/")).cookie(COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Lax");
    }

    private Optional<Guest> guest(WebRequest request) {
        return Optional.ofNullable(request.cookies().get(COOKIE)).map(guests::get);
    }

    @Override
    public Optional<Caller> caller(WebRequest request) {
        return guest(request).map(Guest::caller);
    }

    @Override
    public boolean isTrusted(WebRequest request) {
        return formToken(request)
                .filter(token -> request.field(token.name()).equals(Optional.of(token.value())))
                .isPresent();
    }

    @Override
    public Optional<FormToken> formToken(WebRequest request) {
        return guest(request).map(guest -> new FormToken("token", guest.formToken()));
    }
}
