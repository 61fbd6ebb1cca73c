package dev.bulla.journeys;

import static dev.bulla.journeys.HookHost.BODY;
import static dev.bulla.journeys.HookHost.SECRET;
import static dev.bulla.journeys.HookHost.at;
import static dev.bulla.journeys.HookHost.hex;
import static dev.bulla.journeys.HookHost.now;
import static dev.bulla.journeys.HookHost.signed;
import static dev.bulla.journeys.HookHost.timed;
import static dev.bulla.journeys.HookHost.untimed;
import static dev.bulla.provider.WebhookScheme.Found.body;
import static dev.bulla.provider.WebhookScheme.Found.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.webhook.WebhookEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deliveries that come again, or late, or early. */
class WebhookAgainTest {
    @Test
    void whatIsSentAgainIsToldOnce() throws Exception {
        try (HookHost host = new HookHost(timed().build())) {
            long sent = now(host);
            assertThat(at(host, sent, BODY).statusCode()).isEqualTo(200);
            assertThat(at(host, sent, BODY).statusCode()).isEqualTo(200);
            host.world.time.advance(Duration.ofSeconds(300));
            assertThat(at(host, sent, BODY).statusCode()).isEqualTo(200);
            host.world.time.advance(Duration.ofSeconds(1));
            assertThat(at(host, sent, BODY).statusCode()).isEqualTo(401);
            assertThat(at(host, now(host), BODY).statusCode()).isEqualTo(200);
            assertThat(host.told()).hasSize(2);
        }
    }

    @Test
    void timesAreTakenFiveMinutesAround() throws Exception {
        try (HookHost host = new HookHost(timed().build())) {
            long now = now(host);
            assertThat(at(host, now - 301, BODY).statusCode()).isEqualTo(401);
            assertThat(at(host, now + 301, BODY).statusCode()).isEqualTo(401);
            assertThat(at(host, now * 1000, BODY).statusCode()).isEqualTo(401);
            assertThat(at(host, now - 300, BODY).statusCode()).isEqualTo(200);
            assertThat(at(host, now + 300, BODY).statusCode()).isEqualTo(200);
            // it is known for as long as its time is near, and longer
            host.world.time.advance(Duration.ofSeconds(600));
            host.world.bulla.maintenance().purge();
            assertThat(at(host, now + 300, BODY).statusCode()).isEqualTo(200);
            assertThat(host.told()).hasSize(2);
        }
    }

    @Test
    void howeverManyHaveComeTheyAreForgotten() throws Exception {
        try (HookHost host = new HookHost(timed().build())) {
            for (int i = 0; i < 2500; i++) {
                host.world.store.webhooks().isFirst("acme", "hook", "digest-" + i, "attempt-" + i, 1000);
            }
            host.world.time.advance(Duration.ofDays(2));
            assertThat(host.world.bulla.maintenance().purge()).isEqualTo(2500);
        }
    }

    @Test
    void timeThatIsNotTheSignedOneIsRefused() throws Exception {
        try (HookHost host = new HookHost(timed().build())) {
            long now = now(host);
            String signature = hex(SECRET, now + "." + BODY);
            for (String[] headers : List.of(
                    new String[] {"X-Signature", signature},
                    new String[] {"X-Signature", signature, "X-Time", "" + (now + 1)},
                    new String[] {"X-Signature", signature, "X-Time", "" + now, "X-Time", "" + now},
                    new String[] {"X-Signature", hex(SECRET, "+" + now + "." + BODY), "X-Time", "+" + now},
                    new String[] {"X-Signature", hex(SECRET, "0" + now + "." + BODY), "X-Time", "0" + now},
                    new String[] {"X-Signature", hex(SECRET, "." + BODY), "X-Time", ""},
                    new String[] {"X-Signature", hex(SECRET, "." + BODY)})) {
                assertThat(host.post("hooked", BODY, headers).statusCode()).isEqualTo(401);
            }
            assertThat(host.told()).isEmpty();
        }
    }

    @Test
    void withoutASignedTimeTheBodyIsKnownForADay() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            String signature = "sha256=" + hex(SECRET, BODY);
            assertThat(host.post("hooked", BODY, "X-Signature", signature, "X-Delivery", "1")
                            .statusCode())
                    .isEqualTo(200);
            host.world.time.advance(Duration.ofHours(23));
            assertThat(host.post("hooked", BODY, "X-Signature", signature, "X-Delivery", "2")
                            .statusCode())
                    .isEqualTo(200);
            host.world.time.advance(Duration.ofHours(1));
            assertThat(host.post("hooked", BODY, "X-Signature", signature, "X-Delivery", "3")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(host.told())
                    .extracting(event -> event.deliveryId().orElse(""))
                    .containsExactly("1", "3");
        }
    }

    @Test
    void signedIdTellsDeliveriesApart() throws Exception {
        WebhookScheme scheme = timed().id(body("id")).build();
        try (HookHost host = new HookHost(scheme)) {
            at(host, now(host), BODY);
            host.world.time.advance(Duration.ofHours(3));
            at(host, now(host), BODY);
            at(host, now(host), BODY.replace("7", "8"));
            assertThat(host.told())
                    .extracting(event -> event.deliveryId().orElse(""))
                    .containsExactly("7", "8");
        }
    }

    @Test
    void topicInAHeaderTellsTheSameBytesApart() throws Exception {
        WebhookScheme scheme = WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Signature", "sha256=", Coding.HEX)
                .type(header("X-Topic"))
                .build();
        try (HookHost host = new HookHost(scheme)) {
            String[] signature = signed(SECRET, BODY);
            for (String topic : List.of("orders/create", "orders/paid", "orders/create", "orders/paid")) {
                assertThat(host.post("hooked", BODY, signature[0], signature[1], "X-Topic", topic)
                                .statusCode())
                        .isEqualTo(200);
            }
            for (int i = 0; i < 300; i++) {
                host.post("hooked", BODY, signature[0], signature[1], "X-Topic", "made/up-" + i);
            }
            List<WebhookEvent> told = host.told();
            assertThat(told.subList(0, 2))
                    .extracting(WebhookEvent::type)
                    .containsExactly("orders/create", "orders/paid");
            assertThat(told).as("whoever brings one again with any topic").hasSizeLessThanOrEqualTo(64);
        }
    }
}
