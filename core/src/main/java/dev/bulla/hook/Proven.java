package dev.bulla.hook;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.Json;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Found;
import dev.bulla.provider.WebhookScheme.Place;
import dev.bulla.webhook.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A delivery whose signature holds and whose time is near. Its body was read after that, and not before.
 *
 * @param payload null where the body is no JSON that can be read strictly
 * @param type the service's word for what happened, or empty
 * @param id the service's id, or empty
 * @param digest what tells it from others
 * @param keepMillis how long it is to be remembered
 */
record Proven(@Nullable Json payload, String type, String id, String digest, long keepMillis) {
    /** How far a signed time may be from the present. */
    static final long WINDOW = Duration.ofMinutes(5).toMillis();

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final int LONGEST = 200;

    /**
     * @param uri the address, as the service knows it
     * @param now database time
     */
    static Optional<Proven> of(
            WebhookScheme scheme, WebhookDelivery delivery, byte[] body, String uri, List<String> secrets, long now) {
        Evidence evidence = new Evidence(scheme, delivery, body, uri);
        if (!Macs.hold(scheme, evidence, secrets)) {
            return Optional.empty();
        }
        Json payload = read(body);
        Optional<Long> time = scheme.time()
                .flatMap(one -> find(evidence, payload, one.where()).flatMap(text -> Texts.millis(text, one.unit())));
        if (scheme.time().isPresent() && time.filter(at -> isNear(at, now)).isEmpty()) {
            return Optional.empty();
        }
        String id = scheme.id().flatMap(where -> find(evidence, payload, where)).orElse("");
        String type = type(scheme, evidence, payload);
        if (scheme.hasSignedId() && !id.isEmpty()) {
            return Optional.of(new Proven(payload, type, id, digest("id", id.getBytes(StandardCharsets.UTF_8)), DAY));
        }
        // without a signed time the body alone tells it from others: an id that is not signed can be made up
        return Optional.of(
                time.isPresent()
                        ? new Proven(
                                payload,
                                type,
                                id,
                                digest("signed", evidence.signed()),
                                2 * WINDOW + Math.max(0, time.get() - now))
                        : new Proven(payload, type, id, digest("body" + shelf(scheme, evidence), body), DAY));
    }

    /**
     * A service that says the type in a header alone may send the same bytes under two types. That header is not signed, so whoever has
     * recorded a delivery could say any: types are put on some shelves, and a delivery counts once on each.
     */
    private static String shelf(WebhookScheme scheme, Evidence evidence) {
        String types = scheme.types().stream()
                .flatMap(List::stream)
                .filter(found -> found.place() == Place.HEADER)
                .flatMap(found -> evidence.header(found.name()).stream())
                .collect(Collectors.joining("\n"));
        return types.isEmpty()
                ? ""
                : digest("type", types.getBytes(StandardCharsets.UTF_8)).substring(0, 1);
    }

    private static boolean isNear(long at, long now) {
        return at >= now - WINDOW && at <= now + WINDOW;
    }

    static @Nullable Json read(byte[] body) {
        try {
            return StrictJson.documentOrArray(body);
        } catch (BullaException e) { // a form, perhaps
            return null;
        }
    }

    private static Optional<String> find(Evidence evidence, @Nullable Json payload, Found found) {
        Optional<String> text = found.place() == Place.BODY
                ? Optional.ofNullable(payload).flatMap(json -> inBody(json, found.name()))
                : evidence.outsideTheBody(found);
        return text.filter(value ->
                !value.isEmpty() && value.length() <= LONGEST && value.chars().noneMatch(Character::isISOControl));
    }

    /** A text or number at this path; of an array, in its first object. */
    static Optional<String> inBody(Json payload, String path) {
        Optional<Json> object =
                payload.list("").isPresent() ? payload.objects("").stream().findFirst() : Optional.of(payload);
        return object.flatMap(json -> json.id(path.split("\\.", -1)));
    }

    private static String type(WebhookScheme scheme, Evidence evidence, @Nullable Json payload) {
        return scheme.types().stream()
                .map(parts -> parts.stream()
                        .flatMap(part -> find(evidence, payload, part).stream())
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .map(found -> String.join(".", found))
                .orElse("");
    }

    private static String digest(String kind, byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((kind + '\n').getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256");
        }
    }
}
