package dev.bulla.pages;

import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.Tenant;
import dev.bulla.key.MemberKey;
import dev.bulla.web.Caller;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request for a page, by somebody whom the host knows. Immutable.
 *
 * @param request what arrived
 * @param caller who sent it
 * @param site what all pages have in common
 */
record Visit(WebRequest request, Caller caller, Site site) {
    Tenant tenant() {
        return site.bulla().tenant(caller.tenant());
    }

    /** The owner's side. The router has made sure that an owner is asking. */
    Connections connections() {
        return tenant().connections().by(caller.member());
    }

    /** The member's side, of whoever is asking. */
    Member member() {
        return tenant().member(caller.member());
    }

    /**
     * Works with what the member has open: by the key that came with the form, else the host's session, else without the key. A session that is
     * opened here is closed again.
     *
     * @throws dev.bulla.error.BullaException {@code KEY_MALFORMED} or {@code KEY_WRONG} for the key in the form
     */
    <T> T opened(Function<Session, T> work) {
        if (!field("key").isEmpty()) {
            try (Session session = member().session(MemberKey.parse(field("key")), request.origin())) {
                return work.apply(session);
            }
        }
        Optional<Session> open = site.host().session(request, caller);
        if (open.isPresent()) {
            return work.apply(open.get());
        }
        try (Session session = member().session(request.origin())) {
            return work.apply(session);
        }
    }

    /** Whether the host keeps the member's session open, so that no key need be typed. */
    boolean hasSession() {
        return site.host().session(request, caller).isPresent();
    }

    /** A field of the form, without blanks around it. */
    String field(String name) {
        return request.field(name).orElse("").strip();
    }

    List<String> fields(String name) {
        return request.form().getOrDefault(name, List.of());
    }

    /** A parameter of the address. */
    String parameter(String name) {
        return request.parameter(name).orElse("");
    }

    String say(String key, Object... values) {
        return site.texts().say(key, values);
    }

    String count(String key, long number) {
        return site.texts().count(key, number);
    }

    /** An address of these pages, with names and values of its query by turns. */
    String at(String path, String... query) {
        return site.at(path, query);
    }

    /** A form that posts, with what the host wants to find in it. */
    Html form(String path, Html content) {
        return form(path, Html.NOTHING, content);
    }

    /** @param attributes of the form, with a blank at their head */
    Html form(String path, Html attributes, Html content) {
        Html token = site.host()
                .formToken(request)
                .map(known -> Html.of("<input type=\"hidden\" name=\"%s\" value=\"%s\">", known.name(), known.value()))
                .orElse(Html.NOTHING);
        return Html.of("<form method=\"post\" action=\"%s\"%s>%s%s</form>", at(path), attributes, token, content);
    }

    WebResponse page(String title, Html body) {
        return page(200, title, body);
    }

    WebResponse page(int status, String title, Html body) {
        return Layout.page(site, request, Optional.of(caller), status, title, body);
    }

    /** 303 to another of these pages, with names and values of its query by turns. */
    WebResponse go(String path, String... query) {
        return WebResponse.redirect(URI.create(at(path, query)));
    }

    /** A time, in the zone of the browser where it runs our script. */
    Html time(Instant time) {
        return Html.of(
                "<time datetime=\"%s\">%s</time>",
                time.truncatedTo(ChronoUnit.SECONDS),
                DateTimeFormatter.ofPattern(
                                "d MMM yyyy, HH:mm z",
                                Locale.forLanguageTag(site.options().language()))
                        .format(time.atZone(site.options().zone())));
    }

    /** A button that copies what stands in an element; there is none without script. */
    Html copyButton(String id, String label) {
        return Html.of(
                "<button type=\"button\" class=\"plain\" data-copy=\"%s\" data-done=\"%s\" hidden>%s</button>",
                id, say("copy.done"), label);
    }
}
