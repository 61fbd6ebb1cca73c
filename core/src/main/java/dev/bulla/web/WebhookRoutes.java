package dev.bulla.web;

import static dev.bulla.web.Endpoint.owner;

import dev.bulla.Webhooks;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.Secret;
import dev.bulla.webhook.WebhookView;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The webhooks of an owner's connections. Secrets come out where they are to be told to the service, once. */
final class WebhookRoutes {
    private static final String PATH = "connections/{connection}/webhooks";

    private WebhookRoutes() {}

    static final List<Endpoint> ALL = List.of(
            owner("GET", PATH, call -> view(webhooks(call))),
            owner("POST", PATH, WebhookRoutes::open),
            owner("DELETE", PATH, WebhookRoutes::remove),
            owner("PUT", PATH + "/secret", WebhookRoutes::save),
            owner("POST", PATH + "/secret", WebhookRoutes::generate),
            owner("DELETE", PATH + "/former-secret", WebhookRoutes::dropFormer),
            owner("POST", PATH + "/token", WebhookRoutes::generateToken),
            owner("POST", PATH + "/await", WebhookRoutes::await),
            owner("POST", PATH + "/offered", WebhookRoutes::takeOffered),
            owner("POST", PATH + "/register", WebhookRoutes::register),
            owner("POST", PATH + "/unregister", WebhookRoutes::unregister));

    private static Webhooks webhooks(Call call) {
        return call.connections().webhooks(call.connection());
    }

    private static WebResponse view(Webhooks webhooks) {
        WebhookView view = webhooks.view();
        return new Fields()
                .maybe("address", view.address().map(URI::toString))
                .put("ready", view.ready())
                .put("rotating", view.rotating())
                .put("awaited", view.awaited())
                .put("registered", view.registered())
                .put("accepted", view.accepted())
                .put("refused", view.refused())
                .maybe("lastAccepted", view.lastAccepted().map(Instant::toString))
                .maybe("lastRefused", view.lastRefused().map(Instant::toString))
                .ok();
    }

    private static WebResponse open(Call call) {
        call.body().only();
        webhooks(call).open();
        return view(webhooks(call));
    }

    private static WebResponse remove(Call call) {
        call.body().only();
        return new Fields().put("removed", webhooks(call).remove()).ok();
    }

    private static WebResponse save(Call call) {
        Body body = call.body().only("secret");
        webhooks(call).view();
        String secret = body.secret("secret")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new BullaException(ErrorCode.INVALID_ARGUMENT, "'secret' is missing"));
        webhooks(call).save(Secret.of(secret));
        return view(webhooks(call));
    }

    private static WebResponse generate(Call call) {
        call.body().only();
        return shown(Optional.of(webhooks(call).generate()));
    }

    private static WebResponse shown(Optional<Secret> secret) {
        return new Fields().maybe("secret", secret.map(Secret::reveal)).ok();
    }

    private static WebResponse dropFormer(Call call) {
        call.body().only();
        webhooks(call).dropFormer();
        return view(webhooks(call));
    }

    private static WebResponse generateToken(Call call) {
        call.body().only();
        return shown(Optional.of(webhooks(call).generateToken()));
    }

    private static WebResponse await(Call call) {
        call.body().only();
        webhooks(call).await();
        return view(webhooks(call));
    }

    private static WebResponse takeOffered(Call call) {
        call.body().only();
        return shown(webhooks(call).takeOffered());
    }

    private static WebResponse register(Call call) {
        Body body = call.body().only("key", "label", "values", "events");
        Map<String, String> values = body.texts("values").orElse(Map.of());
        List<String> events = body.list("events").orElse(List.of());
        call.inSession(session -> {
            webhooks(call).register(session, call.label(), values, events);
            return Boolean.TRUE;
        });
        return view(webhooks(call));
    }

    private static WebResponse unregister(Call call) {
        call.body().only("key", "label");
        call.inSession(session -> {
            webhooks(call).unregister(session, call.label());
            return Boolean.TRUE;
        });
        return view(webhooks(call));
    }
}
