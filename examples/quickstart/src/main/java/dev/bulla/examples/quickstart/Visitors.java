package dev.bulla.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bulla.web.Caller;
import dev.bulla.web.FormToken;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The host's login, as small as it can be, and what Bulla asks it. */
final class Visitors implements WebHost {
    static final String TENANT = "acme";

    private static final String COOKIE = "quickstart";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @param formToken stands in every form, so that no other site can post in this visitor's name */
    private record Visitor(Person person, String formToken) {}

    private final Map<String, Visitor> visitors = new ConcurrentHashMap<>();

    /** A new id with every login: one that was known before is worth nothing after it. */
    WebResponse enter(Person person, WebResponse answer) {
        String id = random();
        visitors.put(id, new Visitor(person, random()));
        return answer.cookie(COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Lax");
    }

    WebResponse leave(WebRequest request, WebResponse answer) {
        visitors.remove(request.cookies().getOrDefault(COOKIE, ""));
        return answer.cookie(COOKIE + "=; Path=/; Max-Age=0");
    }

    Optional<Person> person(WebRequest request) {
        return visitor(request).map(Visitor::person);
    }

    @Override
    public Optional<Caller> caller(WebRequest request) {
        return person(request).map(person -> new Caller(TENANT, person.id(), person.isOwner()));
    }

    @Override
    public Optional<FormToken> formToken(WebRequest request) {
        return visitor(request).map(visitor -> new FormToken("token", visitor.formToken()));
    }

    @Override
    public boolean isTrusted(WebRequest request) {
        return formToken(request)
                .filter(token -> MessageDigest.isEqual(
                        token.value().getBytes(UTF_8),
                        request.field(token.name()).orElse("").getBytes(UTF_8)))
                .isPresent();
    }

    private Optional<Visitor> visitor(WebRequest request) {
        return Optional.ofNullable(request.cookies().get(COOKIE)).map(visitors::get);
    }

    private static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
