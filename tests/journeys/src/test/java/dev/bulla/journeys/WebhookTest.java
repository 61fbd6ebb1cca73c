package dev.bulla.journeys;

import static dev.bulla.journeys.HookHost.BODY;
import static dev.bulla.journeys.HookHost.SECRET;
import static dev.bulla.journeys.HookHost.hex;
import static dev.bulla.journeys.HookHost.signed;
import static dev.bulla.journeys.HookHost.untimed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.Admission;
import dev.bulla.model.Admission.Word;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.providers.standard.HubSpot;
import dev.bulla.web.Limits;
import dev.bulla.webhook.WebhookEvent;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Webhooks, from the wire to the listener. */
class WebhookTest {
    @Test
    void eventSaysWhatHappenedAndShowsNoPayload() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            HttpResponse<String> answer =
                    host.post("hooked", BODY, "X-Signature", "sha256=" + hex(SECRET, BODY), "X-Delivery", "d-1");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
            WebhookEvent event = host.told().get(0);
            assertThat(event.tenant()).isEqualTo(World.TENANT);
            assertThat(event.connection()).isEqualTo("hooked");
            assertThat(event.provider()).isEqualTo("service");
            assertThat(event.type()).isEqualTo("thing.changed");
            assertThat(event.deliveryId()).contains("d-1");
            assertThat(event.at()).isEqualTo(host.world.time.instant());
            assertThat(event.payload().orElseThrow().text("name")).contains("gr\u00fc\u00df");
            assertThat(event.body()).isEqualTo(BODY.getBytes(StandardCharsets.UTF_8));
            assertThat(event.toString()).contains("thing.changed").doesNotContain("gr");
        }
    }

    /** The date is the only thing that may differ. */
    private static List<Object> shown(HttpResponse<String> answer) {
        return List.of(
                answer.statusCode(),
                answer.body(),
                answer.headers().map().entrySet().stream()
                        .filter(entry -> !entry.getKey().equalsIgnoreCase("date"))
                        .toList());
    }

    @Test
    void whatIsNotProvenLooksAlike() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            host.connection("other", "webhook-secret-of-another");
            host.connection("off", SECRET);
            host.world.owner().disable("off");
            host.connection("bare", "");
            String right = "sha256=" + hex(SECRET, BODY);
            String[] good = {"X-Signature", right};
            List<Object> bad = shown(host.post("hooked", BODY, "X-Signature", "sha256=" + "0".repeat(64)));
            assertThat(bad.get(0)).isEqualTo(401);
            assertThat(List.of(
                            shown(host.post("hooked", BODY, "X-Signature", right.substring(0, right.length() - 2))),
                            shown(host.post("hooked", BODY, "X-Signature", "sha256=")),
                            shown(host.post("hooked", BODY, "X-Nothing", "x")),
                            shown(host.post("other", BODY, good)),
                            shown(host.post("off", BODY, good)),
                            shown(host.post("bare", BODY, good)),
                            shown(host.send(host.to("nowhere-at-all-1234567890")
                                    .POST(BodyPublishers.ofString(BODY))
                                    .headers(good))),
                            shown(host.send(host.to("%00")
                                    .POST(BodyPublishers.ofString(BODY))
                                    .headers(good))),
                            shown(host.send(host.to("")
                                    .POST(BodyPublishers.ofString(BODY))
                                    .headers(good))),
                            shown(host.send(host.to(host.id("hooked"))
                                    .PUT(BodyPublishers.ofString(BODY))
                                    .headers(good))),
                            shown(host.send(host.to(host.id("hooked")).GET().headers(good)))))
                    .containsOnly(bad);
            assertThat(host.post("hooked", BODY, good).statusCode()).isEqualTo(200);
            assertThat(host.told()).hasSize(1);
        }
    }

    @Test
    void rawBytesDecide() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            for (String other : List.of(
                    "{\"id\":7,\"type\":\"thing.changed\",\"name\":\"gr\u00fc\u00df\"}",
                    "{\"type\":\"thing.changed\",\"id\":7,\"name\":\"gr\\u00fc\u00df\"}",
                    BODY.replace(",", ", "),
                    BODY + "\n",
                    "\ufeff" + BODY)) {
                assertThat(host.post("hooked", other, signed(SECRET, BODY)).statusCode())
                        .as(other)
                        .isEqualTo(401);
            }
            byte[] odd = {'{', (byte) 0xff, (byte) 0xc3, 0, '\r', '}'};
            assertThat(host.post("hooked", odd, "X-Signature", "sha256=" + hex(SECRET, odd))
                            .statusCode())
                    .isEqualTo(200);
            byte[] mended = new String(odd, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            assertThat(host.post("hooked", mended, "X-Signature", "sha256=" + hex(SECRET, odd))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(host.told()).hasSize(1);
            assertThat(host.events.get(0).body()).isEqualTo(odd);
            assertThat(host.events.get(0).payload()).isEmpty();
        }
    }

    @Test
    void signaturesAreReadStrictly() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            String hex = hex(SECRET, BODY);
            for (String odd : List.of(
                    hex,
                    "sha256= " + hex,
                    "sha256=" + hex.substring(0, 32) + " " + hex.substring(32),
                    "sha256=" + hex + "00",
                    "sha256=" + hex + ",sha256=" + hex,
                    "SHA256=" + hex,
                    "sha256=0x" + hex,
                    "sha256="
                            + Base64.getEncoder()
                                    .encodeToString(HookHost.mac(SECRET, BODY.getBytes(StandardCharsets.UTF_8))))) {
                assertThat(host.post("hooked", BODY, "X-Signature", odd).statusCode())
                        .as(odd)
                        .isEqualTo(401);
            }
            String right = "sha256=" + hex;
            assertThat(host.post("hooked", BODY, "X-Signature", right, "X-Signature", right)
                            .statusCode())
                    .isEqualTo(401);
            String mixed = "sha256=" + hex.substring(0, 30).toUpperCase(java.util.Locale.ROOT) + hex.substring(30);
            assertThat(host.post("hooked", BODY, "X-Signature", mixed).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void base64IsReadStrictly() throws Exception {
        WebhookScheme scheme = WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Signature", "", Coding.BASE64)
                .build();
        try (HookHost host = new HookHost(scheme)) {
            byte[] mac = HookHost.mac(SECRET, BODY.getBytes(StandardCharsets.UTF_8));
            String right = Base64.getEncoder().encodeToString(mac);
            char last = right.charAt(42);
            String sameBytes = right.substring(0, 42) + (char) (last + 1) + "=";
            assertThat(Base64.getDecoder().decode(sameBytes)).isEqualTo(mac);
            for (String odd : List.of(
                    right.substring(0, 43),
                    sameBytes,
                    Base64.getMimeEncoder(20, " ".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(mac))) {
                assertThat(host.post("hooked", BODY, "X-Signature", odd).statusCode())
                        .as(odd)
                        .isEqualTo(401);
            }
            assertThat(host.post("hooked", BODY, "X-Signature", right).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void bodiesAreTakenUpToOneMebibyte() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            String whole = "{\"a\":\"" + "x".repeat((1 << 20) - 8) + "\"}";
            assertThat(host.post("hooked", whole, signed(SECRET, whole)).statusCode())
                    .isEqualTo(200);
            assertThat(host.post("hooked", whole + " ", signed(SECRET, whole + " "))
                            .statusCode())
                    .isEqualTo(413);
            assertThat(host.told()).hasSize(1);
        }
    }

    @Test
    void addressAndMethodAreSignedWhereTheServiceSignsThem() throws Exception {
        try (HookHost host = new HookHost(HubSpot.create().webhooks().orElseThrow())) {
            String list = "[{\"eventId\":1,\"subscriptionType\":\"contact.creation\"},{\"eventId\":2}]";
            String time = "" + host.world.time.instant().toEpochMilli();
            String address = host.webhooks("hooked").open().toString();
            assertThat(address).startsWith("https://app.example.com/bulla/hooks/");
            for (String uri : List.of(address, address + "/", address.replace("https", "http"))) {
                String signature = Base64.getEncoder()
                        .encodeToString(
                                HookHost.mac(SECRET, ("POST" + uri + list + time).getBytes(StandardCharsets.UTF_8)));
                assertThat(host.post(
                                        "hooked",
                                        list,
                                        "X-HubSpot-Signature-v3",
                                        signature,
                                        "X-HubSpot-Request-Timestamp",
                                        time)
                                .statusCode())
                        .isEqualTo(uri.equals(address) ? 200 : 401);
            }
            assertThat(host.told()).hasSize(1);
            assertThat(host.events.get(0).type()).isEqualTo("contact.creation");
            assertThat(host.events.get(0).payload().orElseThrow().objects("")).hasSize(2);
        }
    }

    @Test
    void tenantThatIsOffTakesNone() throws Exception {
        AtomicReference<Admission> word = new AtomicReference<>((tenant, member) -> Word.MEMBER_NOT_APPROVED);
        try (HookHost host = new HookHost(untimed().build())) {
            host.world.restart(setup -> setup.providers(
                            HookHost.provider("service", untimed().build()))
                    .admission((tenant, member) -> word.get().of(tenant, member))
                    .onWebhook(host.events::add));
            assertThat(host.post("hooked", "1", signed(SECRET, "1")).statusCode())
                    .isEqualTo(200);
            word.set((tenant, member) -> Word.TENANT_DISABLED);
            assertThat(host.post("hooked", "2", signed(SECRET, "2")).statusCode())
                    .isEqualTo(401);
            word.set((tenant, member) -> {
                throw new IllegalStateException("no");
            });
            assertThat(host.post("hooked", "3", signed(SECRET, "3")).statusCode())
                    .isEqualTo(401);
            word.set((tenant, member) -> null);
            assertThat(host.post("hooked", "4", signed(SECRET, "4")).statusCode())
                    .isEqualTo(401);
            assertThat(host.told()).hasSize(1);
        }
    }

    @Test
    void addressesAreLimited() throws Exception {
        Limits limits = (action, by, who) -> action == Limits.Action.HOOK && by == Limits.By.ADDRESS
                ? Optional.of(Duration.ofSeconds(3))
                : Optional.empty();
        try (HookHost host = new HookHost(untimed().build(), limits)) {
            HttpResponse<String> answer = host.post("hooked", BODY, signed(SECRET, BODY));
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("3");
        }
    }
}
