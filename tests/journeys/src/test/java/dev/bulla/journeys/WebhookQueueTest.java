package dev.bulla.journeys;

import static dev.bulla.journeys.HookHost.SECRET;
import static dev.bulla.journeys.HookHost.hex;
import static dev.bulla.journeys.HookHost.signed;
import static dev.bulla.journeys.HookHost.untimed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.event.Telemetry;
import dev.bulla.webhook.WebhookDelivery;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What was taken, until the listeners have been told. */
class WebhookQueueTest {
    private static WebhookDelivery delivery(String id, String text) {
        return new WebhookDelivery(
                "POST",
                id,
                "",
                Map.of(),
                Map.of("x-signature", List.of("sha256=" + hex(SECRET, text))),
                Optional.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void fullQueueAsksTheServiceToSendAgain() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        try (HookHost host = new HookHost(untimed().build())) {
            host.world.restart(setup -> setup.providers(
                            HookHost.provider("service", untimed().build()))
                    .onWebhook(event -> {
                        try {
                            open.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        host.events.add(event);
                    }));
            String id = host.id("hooked");
            int taken = 0;
            while (host.world.bulla.receive(delivery(id, "" + taken)).status() == 200) {
                taken++;
            }
            assertThat(taken).isBetween(1_000, 5_000);
            assertThat(host.world.bulla.receive(delivery(id, "" + taken)).status())
                    .isEqualTo(503);
            open.countDown();
            String last = "" + taken;
            Crowd.until(() -> host.world.bulla.receive(delivery(id, last)).status() != 503);
            assertThat(host.told()).hasSize(taken + 1);
        }
    }

    @Test
    void whatBecameOfEachIsCounted() throws Exception {
        List<String> counted = new CopyOnWriteArrayList<>();
        try (HookHost host = new HookHost(untimed().build())) {
            host.world.restart(setup -> setup.providers(
                            HookHost.provider("service", untimed().build()))
                    .onWebhook(event -> {
                        throw new IllegalStateException("no");
                    })
                    .telemetry(new Telemetry() {
                        @Override
                        public void webhook(String provider, Webhook outcome) {
                            counted.add(provider + " " + outcome);
                        }

                        @Override
                        public void webhookUnheard(String provider) {
                            counted.add(provider + " unheard");
                        }
                    }));
            host.post("hooked", "1", signed(SECRET, "1"));
            host.post("hooked", "1", signed(SECRET, "1"));
            host.post("hooked", "2", signed(SECRET, "1"));
            host.send(host.to("nowhere").POST(BodyPublishers.ofString("1")));
            host.told();
            assertThat(counted)
                    .containsExactlyInAnyOrder(
                            "service ACCEPTED", "service REPEATED", "service REFUSED", " REFUSED", "service unheard");
        }
    }

    @Test
    void failingListenerIsNobodysMatter() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            host.world.restart(setup -> setup.providers(
                            HookHost.provider("service", untimed().build()))
                    .onWebhook(event -> {
                        throw new IllegalStateException("with a secret in it");
                    })
                    .onWebhook(host.events::add));
            assertThat(host.post("hooked", "1", signed(SECRET, "1")).statusCode())
                    .isEqualTo(200);
            assertThat(host.post("hooked", "2", signed(SECRET, "2")).statusCode())
                    .isEqualTo(200);
            assertThat(host.told()).hasSize(2);
        }
    }

    @Test
    void ofTwoNodesOneTellsADelivery() throws Exception {
        try (HookHost host = new HookHost(untimed().build());
                var second = host.world.start(
                        host.world.store,
                        setup -> setup.providers(
                                        HookHost.provider("service", untimed().build()))
                                .onWebhook(host.events::add))) {
            String id = host.id("hooked");
            for (int i = 0; i < 20; i++) {
                assertThat(host.world.bulla.receive(delivery(id, "" + i)).status())
                        .isEqualTo(200);
                assertThat(second.receive(delivery(id, "" + i)).status()).isEqualTo(200);
            }
            second.close();
            assertThat(host.told()).hasSize(20);
        }
    }
}
