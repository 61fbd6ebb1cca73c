package dev.bulla.examples.quickstart;

import dev.bulla.Session;
import dev.bulla.model.Landing;
import dev.bulla.web.Caller;
import dev.bulla.web.Problem;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The host's login, as small as it can be, and what Bulla's handlers ask it. */
final class Visitors implements WebHost {
    static final String TENANT = "acme";

    private static final String COOKIE = "quickstart";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Visitor> visitors = new ConcurrentHashMap<>();

    Optional<Visitor> of(WebRequest request) {
        return Optional.ofNullable(request.cookies().get(COOKIE)).map(visitors::get);
    }

    /** A new visitor in place of the former one: an id that was known before a login is worth nothing after it. */
    WebResponse enter(WebRequest request, @Nullable Person person, WebResponse answer) {
        String former = request.cookies().getOrDefault(COOKIE, "");
        Visitor left = visitors.remove(former);
        if (left != null) {
            left.keep(null);
        }
        return enter(new Visitor(person), answer);
    }

    WebResponse enter(Visitor visitor, WebResponse answer) {
        String id = random();
        visitors.put(id, visitor);
        return answer.cookie(COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Lax");
    }

    @Override
    public Optional<Caller> caller(WebRequest request) {
        return of(request)
                .flatMap(Visitor::person)
                .filter(person -> !person.isOwner())
                .map(person -> new Caller(TENANT, person.id(), false));
    }

    @Override
    public boolean isTrusted(WebRequest request) {
        byte[] sent = request.field("token").orElse("").getBytes(StandardCharsets.UTF_8);
        return of(request)
                .map(visitor -> visitor.formToken().getBytes(StandardCharsets.UTF_8))
                .filter(token -> MessageDigest.isEqual(token, sent))
                .isPresent();
    }

    @Override
    public Optional<Session> session(WebRequest request, Caller caller) {
        return of(request).flatMap(Visitor::session);
    }

    @Override
    public void landed(WebRequest request, Caller caller, Landing landing) {
        of(request).ifPresent(visitor -> Words.tell(visitor, landing));
    }

    @Override
    public WebResponse refused(WebRequest request, Problem problem) {
        if (problem.status() == 401) {
            return WebResponse.redirect(URI.create("/"));
        }
        return Layout.problem(of(request).orElseGet(() -> new Visitor(null)), problem);
    }

    static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
