package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.hook.WebhookKeeper;
import dev.bulla.http.StrictJson;
import dev.bulla.notice.Notices;
import dev.bulla.provider.Json;
import dev.bulla.provider.Secret;
import dev.bulla.provider.WebhookRegistration;
import dev.bulla.provider.WebhookScheme.Source;
import dev.bulla.vault.PlainJson;
import dev.bulla.webhook.WebhookView;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The webhooks of one connection, for its owner. What is secret goes in; out comes only what was made here for the service, or what the
 * service wants to be told back, once. A view without state; thread-safe.
 *
 * <p>Every verb throws {@link BullaException} {@code CONNECTION_UNKNOWN}, and {@code INVALID_ARGUMENT} where the provider describes no
 * webhooks.
 */
public final class Webhooks {
    private final WebhookKeeper keeper;
    private final Notices notices;
    private final String tenant;
    private final String name;
    private final String by;

    Webhooks(Wiring wiring, String tenant, String name, String by) {
        this.keeper = wiring.webhooks();
        this.notices = wiring.notices();
        this.tenant = tenant;
        this.name = name;
        this.by = by;
    }

    private void changed(String what) {
        notices.webhookChanged(keeper.connection(tenant, name), what, by);
    }

    /** How they are doing. */
    public WebhookView view() {
        return Guarded.call(() -> keeper.view(tenant, name));
    }

    /** The address to tell the service; the first call makes it, and it stays until {@link #remove}. */
    public URI open() {
        return Guarded.call(() -> keeper.address(keeper.open(tenant, name)));
    }

    /**
     * Saves a secret that the service shows. The one before it stays good beside it until {@link #dropFormer}, or until another is saved:
     * two at most, so that nothing is missed while the service changes over.
     *
     * @throws BullaException {@code INVALID_SETTING} where it is none of this service's
     */
    public void save(Secret secret) {
        Guarded.run(() -> {
            keeper.save(tenant, name, secret);
            changed("secret");
        });
    }

    /**
     * Makes a secret for a service that is told its secret, and saves it as {@link #save} does.
     *
     * @return to be told to the service; it can not be had again
     * @throws BullaException {@code INVALID_ARGUMENT} where the service makes its secrets itself
     */
    public Secret generate() {
        return Guarded.call(() -> {
            Secret secret = keeper.generate(tenant, name);
            changed("secret");
            return secret;
        });
    }

    /** Ends a change of secrets: the former one is good no more. */
    public void dropFormer() {
        Guarded.run(() -> {
            keeper.dropFormer(tenant, name);
            changed("former_secret");
        });
    }

    /**
     * Makes the token by which a service asks for the address before it sends anything there. Until this is called, such questions are
     * refused.
     *
     * @return to be told to the service; it can not be had again
     */
    public Secret generateToken() {
        return Guarded.call(() -> {
            Secret token = keeper.generateToken(tenant, name);
            changed("token");
            return token;
        });
    }

    /**
     * Waits, for an hour, for the secret that a service sends to the address, with nothing that proves who sent it. Whoever knows the
     * address could send one first, so compare what {@link #takeOffered} shows with nothing but the service's own page.
     */
    public void await() {
        Guarded.run(() -> {
            keeper.await(tenant, name);
            changed("awaited");
        });
    }

    /** The secret that came, for the page of the service that asks for it. It is shown once, and stays good. */
    public Optional<Secret> takeOffered() {
        return Guarded.call(() -> keeper.takeOffered(tenant, name));
    }

    /** Ends the address, for good; at the service nothing changes. False where there was none. */
    public boolean remove() {
        return Guarded.call(() -> {
            boolean removed = keeper.remove(tenant, name);
            if (removed) {
                changed("removed");
            }
            return removed;
        });
    }

    /**
     * Registers the address at the service with a fresh secret, as the member of this session, through {@link Session#call}: what gates
     * that gates this. A former registration is not ended.
     *
     * @param label which of the member's accounts; mostly the empty one
     * @param values what {@link WebhookRegistration#values} names
     * @param events the service's words for what to send; empty: what its provider asks for
     * @throws BullaException {@code INVALID_ARGUMENT} where the service's API can not do it, or a value is missing; {@code ANSWER_REFUSED}
     *     where the service would not; and as {@link Session#call}
     */
    public void register(Session session, String label, Map<String, String> values, List<String> events) {
        WebhookRegistration how = Guarded.call(this::registration);
        Map<String, Object> given = new LinkedHashMap<>(values);
        String path = WebhookRegistration.path(how.createPath(), given);
        given.put("address", open().toString());
        given.put("events", events.isEmpty() ? how.events() : events);
        boolean chooses = Guarded.call(() -> keeper.scheme(tenant, name)).source() == Source.RECEIVER;
        if (chooses) {
            given.put("secret", generate().reveal());
        }
        Json answer = send(session, label, "POST", path, WebhookRegistration.body(how.createBody(), given));
        String id = answer.id(how.idPath().toArray(new String[0]))
                .orElseThrow(() -> new BullaException(
                        ErrorCode.ANSWER_REFUSED, "the service did not say that the address is registered"));
        Guarded.run(() -> {
            keeper.remember(tenant, name, PlainJson.writeTexts(remembered(values, id)));
            changed("registered");
        });
    }

    private static Map<String, String> remembered(Map<String, String> values, String id) {
        Map<String, String> out = new LinkedHashMap<>(values);
        out.put("id", id);
        return out;
    }

    /**
     * Ends what {@link #register} registered.
     *
     * @throws BullaException {@code INVALID_ARGUMENT} where nothing is registered; and as {@link #register}
     */
    public void unregister(Session session, String label) {
        WebhookRegistration how = Guarded.call(this::registration);
        String remote = Guarded.call(() -> keeper.open(tenant, name)).remote();
        if (remote == null) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "nothing is registered");
        }
        Map<String, String> given = PlainJson.readTexts(remote);
        String path = WebhookRegistration.path(how.deletePath(), given);
        send(session, label, how.deleteMethod(), path, WebhookRegistration.body(how.deleteBody(), given));
        Guarded.run(() -> {
            keeper.remember(tenant, name, null);
            changed("unregistered");
        });
    }

    private WebhookRegistration registration() {
        return keeper.scheme(tenant, name)
                .registration()
                .orElseThrow(() -> new BullaException(
                        ErrorCode.INVALID_ARGUMENT, "the service has no way to register an address but its own pages"));
    }

    private Json send(Session session, String label, String method, String path, Map<String, Object> body) {
        ApiRequest request = ApiRequest.of(method, path);
        if (!body.isEmpty()) {
            request = request.body("application/json", PlainJson.write(body));
        }
        ApiResponse answer = session.call(name, label, request);
        if (answer.status() / 100 != 2) {
            throw new BullaException(ErrorCode.ANSWER_REFUSED, "the service answered with " + answer.status());
        }
        return answer.body().length == 0 ? new Json(Map.of()) : StrictJson.document(answer.body());
    }
}
