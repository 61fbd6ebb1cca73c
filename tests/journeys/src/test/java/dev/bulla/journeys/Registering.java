package dev.bulla.journeys;

import dev.bulla.Bulla;
import dev.bulla.Webhooks;
import dev.bulla.http.StrictJson;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Json;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.tool.ToolSet;
import dev.bulla.webhook.WebhookDelivery;
import dev.bulla.webhook.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A host under the standard baseline, with a connection {@code notes} of a service whose API registers addresses for webhooks. */
final class Registering implements AutoCloseable {
    final World world = new World();
    final SideService api;
    final List<WebhookEvent> events = new CopyOnWriteArrayList<>();

    Registering(Function<SideService.Asked, SideService.Answer> answers) {
        api = new SideService(answers);
    }

    /** Where {@code olivia} has an account. */
    Webhooks hooked(WebhookScheme scheme, ToolSet tools) {
        world.beside(api);
        world.restart(setup -> setup.baseline(Baseline.standard())
                .providers(world.provider("hooked", world.spec().build())
                        .api(ApiAccess.bearer(api.at("")))
                        .tools(tools)
                        .webhooks(scheme)
                        .build())
                .onWebhook(events::add));
        world.connection("notes", "hooked");
        world.connect("olivia", "notes", "anna");
        return world.owner().webhooks("notes");
    }

    /** The last body that was sent. */
    Json sent() {
        return StrictJson.document(api.last().body().getBytes(StandardCharsets.UTF_8));
    }

    /** The status that a delivery is answered with. */
    int receive(Bulla bulla, String body, Map<String, List<String>> headers) {
        String address = world.owner().webhooks("notes").open().getPath();
        return bulla.receive(new WebhookDelivery(
                        "POST",
                        address.substring(address.lastIndexOf('/') + 1),
                        "",
                        Map.of(),
                        headers,
                        Optional.of(body.getBytes(StandardCharsets.UTF_8))))
                .status();
    }

    @Override
    public void close() {
        world.close();
        api.close();
    }
}
