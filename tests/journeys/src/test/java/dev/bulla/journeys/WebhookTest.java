package dev.bulla.journeys;

import static dev.bulla.journeys.HookHost.SECRET;
import static dev.bulla.journeys.HookHost.hex;
import static dev.bulla.provider.WebhookScheme.Found.body;
import static dev.bulla.provider.WebhookScheme.Found.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Webhooks;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.event.Telemetry;
import dev.bulla.model.Settings;
import dev.bulla.provider.Secret;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Clock;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.provider.WebhookScheme.Source;
import dev.bulla.providers.standard.HubSpot;
import dev.bulla.providers.standard.Notion;
import dev.bulla.web.Limits;
import dev.bulla.webhook.WebhookDelivery;
import dev.bulla.webhook.WebhookEvent;
import dev.bulla.webhook.WebhookView;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Webhooks, from the wire to the listener. */
class WebhookTest {
    private static final String BODY = "{\"type\":\"thing.changed\",\"id\":7,\"name\":\"gr\u00fc\u00df\"}";

    private static WebhookScheme.Builder untimed() {
        return WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Signature", "sha256=", Coding.HEX)
                .source(Source.RECEIVER)
                .id(header("X-Delivery"))
                .type(body("type"));
    }

    private static WebhookScheme.Builder timed() {
        return WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Signature", "", Coding.HEX)
                .over("{timestamp}.{body}")
                .time(header("X-Time"), Clock.SECONDS)
                .type(body("type"));
    }

    private static String[] signed(String secret, String text) {
        return new String[] {"X-Signature", "sha256=" + hex(secret, text)};
    }

    private static HttpResponse<String> at(HookHost host, long seconds, String text) throws Exception {
        return host.post("hooked", text, "X-Time", "" + seconds, "X-Signature", hex(SECRET, seconds + "." + text));
    }

    private static long now(HookHost host) {
        return host.world.time.instant().getEpochSecond();
    }

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
    void twoSecretsAreGoodWhileTheyChange() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            String second = host.webhooks("hooked").generate().reveal();
            assertThat(host.webhooks("hooked").view().rotating()).isTrue();
            assertThat(host.post("hooked", "1", signed(SECRET, "1")).statusCode())
                    .isEqualTo(200);
            assertThat(host.post("hooked", "2", signed(second, "2")).statusCode())
                    .isEqualTo(200);
            String third = host.webhooks("hooked").generate().reveal();
            assertThat(host.post("hooked", "3", signed(SECRET, "3")).statusCode())
                    .isEqualTo(401);
            assertThat(host.post("hooked", "4", signed(second, "4")).statusCode())
                    .isEqualTo(200);
            host.webhooks("hooked").dropFormer();
            assertThat(host.post("hooked", "5", signed(second, "5")).statusCode())
                    .isEqualTo(401);
            assertThat(host.post("hooked", "6", signed(third, "6")).statusCode())
                    .isEqualTo(200);
            host.webhooks("hooked").remove();
            assertThat(host.post("hooked", "7", signed(third, "7")).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void clientSecretsOfTheAppAreGoodUntilItIsRetired() throws Exception {
        WebhookScheme scheme = untimed().source(Source.APP).build();
        try (HookHost host = new HookHost(untimed().build())) {
            host.world.restart(setup -> setup.providers(
                            HookHost.provider("service", untimed().build()),
                            host.world.provider("apps").withWebhooks(scheme))
                    .onWebhook(host.events::add));
            host.world.connection("by-app", "apps");
            host.webhooks("by-app").open();
            assertThat(host.webhooks("by-app").view().ready()).isTrue();
            assertThat(host.post("by-app", "1", signed("secret-of-by-app", "1")).statusCode())
                    .isEqualTo(200);
            host.world.owner().save("by-app", Settings.clientId("newer").clientSecret("secret-of-newer-app"));
            assertThat(host.post("by-app", "2", signed("secret-of-newer-app", "2"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(host.post("by-app", "3", signed("secret-of-by-app", "3")).statusCode())
                    .isEqualTo(200);
            host.world.owner().retireOldApps("by-app");
            assertThat(host.post("by-app", "4", signed("secret-of-by-app", "4")).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void questionIsAnsweredOnlyWhereItIsSigned() throws Exception {
        WebhookScheme scheme =
                timed().challenge("type", "url_verification", "challenge").build();
        try (HookHost host = new HookHost(scheme)) {
            String question = "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1aBm2rZgRNFdxV\"}";
            HttpResponse<String> answer = at(host, now(host), question);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("3eZbrw1aBm2rZgRNFdxV");
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
            assertThat(host.post("hooked", question, "X-Time", "" + now(host), "X-Signature", "0".repeat(64))
                            .body())
                    .isEmpty();
            String page = "{\"type\":\"url_verification\",\"challenge\":\"<b>\"}";
            assertThat(at(host, now(host), page).body()).isEmpty();
            assertThat(host.told()).isEmpty();
        }
    }

    @Test
    void addressIsConfirmedToWhoKnowsTheToken() throws Exception {
        WebhookScheme scheme = untimed()
                .challengeByQuery("hub.mode", "subscribe", "hub.verify_token", "hub.challenge")
                .build();
        try (HookHost host = new HookHost(scheme)) {
            String query = "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
            assertThat(host.send(host.to(host.id("hooked") + query)).statusCode())
                    .isEqualTo(401);
            String token = host.webhooks("hooked").generateToken().reveal();
            HttpResponse<String> answer = host.send(host.to(host.id("hooked") + query + token));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("1158201444");
            for (String wrong : List.of(
                    query + token.substring(1),
                    query + token + "&hub.verify_token=" + token,
                    query.replace("subscribe", "unsubscribe") + token,
                    query.replace("1158201444", "%3Cscript%3E") + token,
                    query.replace("1158201444", "1".repeat(1025)) + token)) {
                assertThat(host.send(host.to(host.id("hooked") + wrong)).statusCode())
                        .as(wrong)
                        .isEqualTo(401);
            }
            assertThat(host.send(host.to(host.id("hooked")).method("HEAD", BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void offeredSecretIsTakenWhileItIsAwaited() throws Exception {
        WebhookScheme scheme = WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Signature", "sha256=", Coding.HEX)
                .offer("verification_token")
                .build();
        try (HookHost host = new HookHost(scheme)) {
            host.connection("offers", "");
            String offer = "{\"verification_token\":\"secret_of_the_service_1\"}";
            assertThat(host.post("offers", offer).statusCode()).isEqualTo(401);
            host.webhooks("offers").await();
            host.world.time.advance(Duration.ofMinutes(61));
            assertThat(host.post("offers", offer).statusCode()).isEqualTo(401);
            host.webhooks("offers").await();
            assertThat(host.webhooks("offers").view().awaited()).isTrue();
            assertThat(host.post("offers", "{\"verification_token\":\"secret_of_the_service_1\",\"more\":1}")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(host.post("offers", offer).statusCode()).isEqualTo(200);
            assertThat(host.post("offers", offer.replace("_1", "_2")).statusCode())
                    .isEqualTo(401);
            assertThat(host.webhooks("offers").takeOffered().map(Secret::reveal))
                    .contains("secret_of_the_service_1");
            assertThat(host.webhooks("offers").takeOffered()).isEmpty();
            assertThat(host.post("offers", BODY, signed("secret_of_the_service_1", BODY))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(host.told()).hasSize(1);
        }
    }

    @Test
    void offeredSecretIsTakenWithASignatureByItself() throws Exception {
        try (HookHost host = new HookHost(Notion.create().webhooks().orElseThrow())) {
            host.connection("offers", "");
            String secret = "secret_of_the_service_1";
            String offer = "{\"verification_token\":\"" + secret + "\"}";
            String[] signature = {"X-Notion-Signature", "sha256=" + hex(secret, offer)};
            assertThat(host.post("offers", offer, signature).statusCode()).isEqualTo(401);
            host.webhooks("offers").await();
            assertThat(host.post("offers", offer, signature).statusCode()).isEqualTo(200);
            assertThat(host.webhooks("offers").takeOffered().map(Secret::reveal))
                    .contains(secret);
            assertThat(host.told()).isEmpty();
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
    void countsAreOfWhatCame() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            assertThat(host.webhooks("hooked").view().lastAccepted()).isEmpty();
            host.post("hooked", "1", signed(SECRET, "1"));
            host.world.time.advance(Duration.ofMinutes(1));
            host.post("hooked", "1", signed(SECRET, "1"));
            host.post("hooked", "2", signed("wrong", "2"));
            WebhookView view = host.webhooks("hooked").view();
            assertThat(view.accepted()).isEqualTo(1);
            assertThat(view.refused()).isEqualTo(1);
            assertThat(view.lastAccepted()).contains(host.world.time.instant().minus(Duration.ofMinutes(1)));
            assertThat(view.lastRefused()).contains(host.world.time.instant());
        }
    }

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
            while (host.world.bulla.receive(delivery(id, last)).status() == 503) {
                Thread.onSpinWait();
            }
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
    void whatOwnersChangeIsAudited() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            host.world.owner().create("second", "service");
            Webhooks webhooks = host.world.owner().by("olga").webhooks("second");
            webhooks.dropFormer();
            webhooks.takeOffered();
            webhooks.remove();
            assertThat(webhooks.view().address()).isEmpty();
            webhooks.open();
            webhooks.open();
            webhooks.generate();
            webhooks.dropFormer();
            webhooks.generate();
            webhooks.dropFormer();
            webhooks.remove();
            assertThat(
                            host
                                    .world
                                    .bulla
                                    .tenant(World.TENANT)
                                    .audit()
                                    .query(AuditQuery.all().onlyChanges())
                                    .entries()
                                    .stream()
                                    .filter(entry -> entry.act().action() == Action.WEBHOOK_CHANGED
                                            && entry.caller().by().equals("olga"))
                                    .map(entry -> entry.act().arguments()))
                    .containsExactlyInAnyOrder(
                            "{\"change\":\"opened\"}",
                            "{\"change\":\"secret\"}",
                            "{\"change\":\"secret\"}",
                            "{\"change\":\"former_secret\"}",
                            "{\"change\":\"removed\"}");
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

    @Test
    void secretsAreSealedAndOfTheirService() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            var row = host.world
                    .store
                    .webhooks()
                    .find(
                            World.TENANT,
                            host.world
                                    .store
                                    .connections()
                                    .findByName(World.TENANT, "hooked")
                                    .orElseThrow()
                                    .id())
                    .orElseThrow();
            assertThat(new String(row.sealed().bytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain(SECRET);
            assertThatThrownBy(() -> host.webhooks("hooked").save(Secret.of("x".repeat(1025))))
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_SETTING));
            assertThatThrownBy(() -> host.webhooks("hooked").generateToken())
                    .isInstanceOfSatisfying(
                            BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        }
    }
}
