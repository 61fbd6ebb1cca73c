package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.hook.WebhookKeeper;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.Json;
import dev.bulla.provider.Secret;
import dev.bulla.provider.WebhookRegistration;
import dev.bulla.provider.WebhookRegistration.Step;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Source;
import dev.bulla.vault.PlainJson;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * Registers the address of a connection at its service, and takes it back, by what the provider says of that.
 *
 * <p>A secret that the service is told is saved before it leaves, and no other one ends by that: whatever becomes of the request, and of this
 * process, what the service sends can be verified. A secret that the service makes comes in its answer; where that is lost, the deliveries
 * of that registration are refused.
 */
final class WebhookRegistrar {
    private static final String ID = "id";
    private static final int NAME_LENGTH = 12;
    private static final int MOST = 100;

    private final WebhookKeeper keeper;
    private final String tenant;
    private final String name;
    private final WebhookScheme scheme;
    private final WebhookRegistration how;
    private final Function<ApiRequest, ApiResponse> service;

    /** @param service sends a request as the member */
    WebhookRegistrar(WebhookKeeper keeper, String tenant, String name, Function<ApiRequest, ApiResponse> service) {
        this.keeper = keeper;
        this.tenant = tenant;
        this.name = name;
        this.service = service;
        this.scheme = keeper.scheme(tenant, name);
        this.how = scheme.registration()
                .orElseThrow(() -> refused("the service has no way to register an address but its own pages"));
    }

    private static BullaException refused(String message) {
        return new BullaException(ErrorCode.INVALID_ARGUMENT, message);
    }

    void register(Map<String, String> values, List<String> events) {
        if (!how.values().containsAll(values.keySet())) {
            throw refused("this service asks for nothing but " + how.values());
        }
        if (how.events().isEmpty() && !events.isEmpty()) {
            throw refused("this service leaves no choice of events");
        }
        how.create().path(withHook(values, "bulla")); // before anything is made
        List<String> wanted = events.isEmpty() ? how.events() : events;
        if (keeper.registrations(tenant, name).size() + (how.each() ? wanted.size() : 1) > MOST) {
            throw refused("a connection is registered " + MOST + " times at most: end the registrations first");
        }
        if (!how.secret().isEmpty() && !keeper.hasRoom(tenant, name)) {
            throw refused("two secrets are good, and the service would make a third: drop the former one first");
        }
        URI address = keeper.address(keeper.open(tenant, name));
        Map<String, Object> given = withHook(values, hook(address));
        given.put("address", address.toString());
        if (scheme.source() == Source.RECEIVER) {
            given.put("secret", keeper.secretToTell(tenant, name).reveal());
        }
        if (!how.each()) {
            given.put("events", wanted);
            create(values, given);
            return;
        }
        for (String event : wanted) {
            given.put("event", event);
            create(values, given);
        }
    }

    private static Map<String, Object> withHook(Map<String, String> values, String hook) {
        Map<String, Object> given = new LinkedHashMap<>(values);
        given.put("hook", hook);
        return given;
    }

    /** What a service calls this address: it stays, and another connection's is another. */
    private static String hook(URI address) {
        String id = address.getPath().substring(address.getPath().lastIndexOf('/') + 1);
        return "bulla-" + id.substring(0, NAME_LENGTH);
    }

    private void create(Map<String, String> values, Map<String, Object> given) {
        Json answer = send(how.create(), given);
        String id = answer.id(how.id().toArray(new String[0]))
                .orElseThrow(() -> new BullaException(
                        ErrorCode.ANSWER_REFUSED, "the service did not say that the address is registered"));
        Map<String, String> one = new LinkedHashMap<>(values);
        one.put("hook", String.valueOf(given.get("hook")));
        one.put(ID, id);
        Optional<Secret> secret = secret(answer);
        keeper.registered(tenant, name, one, secret.orElse(null));
        if (how.ask().isPresent()) {
            secret = secret(send(how.ask().get(), one));
            secret.ifPresent(made -> keeper.registered(tenant, name, one, made));
        }
        if (!how.secret().isEmpty() && secret.isEmpty()) {
            throw new BullaException(
                    ErrorCode.ANSWER_REFUSED,
                    "the service did not say with what secret it signs: end the registration");
        }
    }

    private Optional<Secret> secret(Json answer) {
        return how.secret().isEmpty()
                ? Optional.empty()
                : answer.text(how.secret().toArray(new String[0]))
                        .filter(text -> keeper.isSecret(scheme, text))
                        .map(Secret::of);
    }

    /** What the service no longer knows is ended too. */
    void unregister() {
        List<Map<String, String>> all = keeper.registrations(tenant, name);
        if (all.isEmpty()) {
            throw refused("nothing is registered");
        }
        for (Map<String, String> one : all) {
            send(how.delete(), one);
            keeper.ended(tenant, name, one);
        }
    }

    private static String form(Map<String, Object> body) {
        StringJoiner out = new StringJoiner("&");
        body.forEach((field, value) -> (value instanceof List<?> list ? list : List.of(value))
                .forEach(one -> out.add(encoded(field) + "=" + encoded(String.valueOf(one)))));
        return out.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Json send(Step step, Map<String, ?> given) {
        ApiRequest request = ApiRequest.of(step.method(), step.path(given));
        Map<String, Object> body = step.body(given);
        if (!body.isEmpty()) {
            request = step.isForm()
                    ? request.body(
                            "application/x-www-form-urlencoded", form(body).getBytes(StandardCharsets.UTF_8))
                    : request.body("application/json", PlainJson.write(body));
        }
        ApiResponse answer = service.apply(request);
        boolean gone = answer.status() == 404 || answer.status() == 410;
        if (answer.status() / 100 != 2 && !(gone && step.equals(how.delete()))) {
            throw new BullaException(ErrorCode.ANSWER_REFUSED, "the service answered with " + answer.status());
        }
        if (answer.body().length == 0 || gone) {
            return new Json(Map.of());
        }
        Json json = StrictJson.document(answer.body());
        if (json.list("errors").filter(errors -> !errors.isEmpty()).isPresent()) { // of GraphQL, under status 200
            throw new BullaException(ErrorCode.ANSWER_REFUSED, "the service answered with errors");
        }
        return json;
    }
}
