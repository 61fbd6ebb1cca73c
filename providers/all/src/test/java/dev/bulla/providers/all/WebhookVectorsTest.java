package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Webhooks;
import dev.bulla.key.HostKeyring;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.providers.atlassian.Atlassian;
import dev.bulla.providers.github.GitHub;
import dev.bulla.providers.meta.FacebookPage;
import dev.bulla.providers.meta.Instagram;
import dev.bulla.providers.meta.MetaAds;
import dev.bulla.providers.shopify.Shopify;
import dev.bulla.providers.slack.Slack;
import dev.bulla.providers.standard.HubSpot;
import dev.bulla.providers.standard.Linear;
import dev.bulla.providers.standard.Notion;
import dev.bulla.providers.standard.Sentry;
import dev.bulla.providers.standard.WebhookSchemes;
import dev.bulla.testkit.store.InMemoryStore;
import dev.bulla.webhook.WebhookAnswer;
import dev.bulla.webhook.WebhookDelivery;
import dev.bulla.webhook.WebhookEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each scheme against a delivery that somebody else has signed. Signatures that a service has published itself:
 *
 * <ul>
 *   <li>GitHub: docs.github.com, Validating webhook deliveries;
 *   <li>Jira: developer.atlassian.com, Webhooks;
 *   <li>Slack: api.slack.com, Verifying requests from Slack;
 *   <li>Standard Webhooks: the tests of its reference libraries;
 *   <li>HubSpot: the tests of its client for Python. It signs the address too, which nobody can choose here, so that one stands beside {@code
 *       Proven} in the core.
 * </ul>
 *
 * <p>Airtable's is from the tests of a client that is not its own (pyairtable), over the example of its documentation. Linear's and Notion's
 * bodies and secrets are those of the tests of their own clients, which compute the signatures when they run; these are from Python's {@code
 * hmac}. Of Sentry, Stripe, Shopify, Meta, Zendesk, Intercom, Calendly and Typeform no signed example was found; Zendesk's secret is the one of
 * its test webhooks. Theirs are from Python's {@code hmac} too, and the one with a key pair from OpenSSL.
 */
class WebhookVectorsTest {
    private static final long NOON = 1763726400L;
    /** Those whose signature has a time in it. */
    private static final Set<String> TIMED = Set.of(
            "Slack, its documentation",
            "Standard Webhooks, its libraries",
            "Standard Webhooks, a key pair",
            "Linear, the delivery of its client's tests",
            "Airtable, a client's tests",
            "Zendesk",
            "Calendly",
            "Stripe");

    /**
     * A signed delivery.
     *
     * @param at when it comes, in epoch seconds
     */
    record Vector(
            String name,
            WebhookScheme scheme,
            long at,
            String secret,
            String body,
            Map<String, String> headers,
            String type,
            String id) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static WebhookScheme of(Provider provider) {
        return provider.webhooks().orElseThrow();
    }

    static Stream<Vector> vectors() {
        return Stream.of(
                new Vector(
                        "GitHub, its documentation",
                        of(GitHub.create()),
                        NOON,
                        "It's a Secret to Everybody",
                        "Hello, World!",
                        Map.of(
                                "X-Hub-Signature-256",
                                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                                "X-GitHub-Event",
                                "ping",
                                "X-GitHub-Delivery",
                                "72d3162e-cc78-11e3-81ab-4c9367dc0958"),
                        "ping",
                        "72d3162e-cc78-11e3-81ab-4c9367dc0958"),
                new Vector(
                        "Jira, its documentation",
                        of(Atlassian.create()),
                        NOON,
                        "It's a Secret to Everybody",
                        "Hello World!",
                        Map.of(
                                "X-Hub-Signature",
                                "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"),
                        "",
                        ""),
                new Vector(
                        "Slack, its documentation",
                        of(Slack.create()),
                        1531420618L,
                        "8f742231b10e8888abcd99yyyzzz85a5",
                        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
                                + "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack"
                                + ".com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121"
                                + ".803a0bc887a14d10d2c447fce8b6703c",
                        Map.of(
                                "X-Slack-Request-Timestamp", "1531420618",
                                "X-Slack-Signature",
                                        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"),
                        "",
                        ""),
                new Vector(
                        "Standard Webhooks, its libraries",
                        WebhookSchemes.standardWebhooks(),
                        1614265330L,
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "{\"test\": 2432232314}",
                        Map.of(
                                "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                "webhook-timestamp", "1614265330",
                                "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
                        "",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                new Vector(
                        "Standard Webhooks, a key pair",
                        WebhookSchemes.standardWebhooks(),
                        1614265330L,
                        "whpk_up2YaGA2Lq1Ov7JQSpRfKU1GKHeEPaBITPa0S3RLk80=",
                        "{\"type\":\"user.created\"}",
                        Map.of(
                                "webhook-id",
                                "msg_1",
                                "webhook-timestamp",
                                "1614265330",
                                "webhook-signature",
                                "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= v1a,vsUdJdQIMgwLNezStT4DHx8g+nk/Q1GUCJAEfvMj6P+xlIXKaEZQFEQNsLJAU5kXyQh0x9wA+lDfsDrdKkjVDg=="),
                        "user.created",
                        "msg_1"),
                new Vector(
                        "Linear, the delivery of its client's tests",
                        of(Linear.create()),
                        1677611643L,
                        "SECRET",
                        "{\"action\":\"create\",\"data\":{\"id\":\"2174add1-f7c8-44e3-bbf3-2d60b5ea8bc9\","
                                + "\"createdAt\":\"2020-01-23T12:53:18.084Z\",\"updatedAt\":\"2020-01-23T12:53:18.084Z\",\"archivedAt\":null,"
                                + "\"body\":\"Indeed, I think this is definitely an improvement over the previous version.\",\"edited\":false,"
                                + "\"issueId\":\"539068e2-ae88-4d09-bd75-22eb4a59612f\",\"userId\":\"aacdca22-6266-4c0a-ab3c-8fa70a26765c\"},"
                                + "\"type\":\"Comment\",\"url\":\"https://linear.app/issue/LIN-1778/foo-bar#comment-77217de3-fb52-4dad-bb9a-b356beb93de8\","
                                + "\"createdAt\":\"2020-01-23T12:53:18.084Z\",\"webhookTimestamp\":1677611643000}",
                        Map.of(
                                "Linear-Signature", "8790fcbbea809950be9198408593c2a13f7591bba6c61adb589f709b5e1b186a",
                                "Linear-Delivery", "d-1"),
                        "Comment.create",
                        "d-1"),
                new Vector(
                        "Sentry",
                        of(Sentry.create()),
                        NOON,
                        "example-signing-secret-0123456789",
                        "{\"action\":\"created\",\"data\":{\"issue\":{\"id\":\"1\"}}}",
                        Map.of(
                                "Sentry-Hook-Signature",
                                        "552b4b9e9e0abe1d731ce62f9b27be2e6ccbf12a8b4b00f7507bbba2362a3344",
                                "Sentry-Hook-Resource", "issue",
                                "Request-ID", "r-1"),
                        "issue.created",
                        "r-1"),
                new Vector(
                        "Shopify",
                        of(Shopify.create()),
                        NOON,
                        "example-signing-secret-0123456789",
                        "{\"id\":788032119674292922,\"title\":\"caf\u00e9\"}",
                        Map.of(
                                "X-Shopify-Hmac-SHA256", "gLAUo2HGWWwFKSuFmMbjCHWjrQQUGsFlVR71HSrD7Ak=",
                                "X-Shopify-Topic", "products/update",
                                "X-Shopify-Webhook-Id", "w-1"),
                        "products/update",
                        "w-1"),
                new Vector(
                        "Notion, the delivery of its client's tests",
                        of(Notion.create()),
                        NOON,
                        "fixed-verification-token",
                        "{\"id\":\"fixed-evt\",\"type\":\"page.created\"}",
                        Map.of(
                                "X-Notion-Signature",
                                "sha256=e51fc361bd9b019cc34c59929547007291a6dd982179d36bb5d6d9e7e12cbac2"),
                        "page.created",
                        "fixed-evt"),
                new Vector(
                        "Meta",
                        of(FacebookPage.create()),
                        NOON,
                        "example-signing-secret-0123456789",
                        "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"time\":1520383571,\"changes\":[{\"value\":\"\\u00e4\\u00f6\"}]}]}",
                        Map.of(
                                "X-Hub-Signature-256",
                                "sha256=9a569fce9d98355e23386745fb3a18cee833b1d22645ab5d5a0b6c31cb43a589"),
                        "page",
                        ""),
                new Vector(
                        "Airtable, a client's tests",
                        WebhookSchemes.airtable(),
                        1643750705L,
                        "c2VjcmV0LWtleQ==",
                        "{\"base\": {\"id\": \"app00000000000000\"}, \"webhook\": {\"id\": \"ach00000000000000\"}, \"timestamp\": \"2022-02-01T21:25:05.663Z\"}",
                        Map.of(
                                "X-Airtable-Content-MAC",
                                "hmac-sha256=e26da696a90933647bddc83995c3e1e3bb1c3d8ce1ff61cb7469767d50b2b2d4"),
                        "",
                        ""),
                new Vector(
                        "Zendesk",
                        WebhookSchemes.zendesk(),
                        NOON,
                        "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==",
                        "{\"id\":\"z-1\",\"type\":\"zen:event-type:user.created\"}",
                        Map.of(
                                "X-Zendesk-Webhook-Signature", "Cx+fsuc5zVZKVGIg0XC1sHAsz82TDjaxtHNfbxej3fg=",
                                "X-Zendesk-Webhook-Signature-Timestamp", "2025-11-21T12:00:00Z",
                                "X-Zendesk-Webhook-Invocation-Id", "i-1"),
                        "zen:event-type:user.created",
                        "i-1"),
                new Vector(
                        "Intercom",
                        WebhookSchemes.intercom(),
                        NOON,
                        "example-signing-secret-0123456789",
                        "{\"type\":\"notification_event\",\"id\":\"notif_78c122d0\",\"topic\":\"user.created\"}",
                        Map.of("X-Hub-Signature", "sha1=ff5e5e87d8d413c56edfbbcc2d26b6e71f3d17f2"),
                        "user.created",
                        "notif_78c122d0"),
                new Vector(
                        "Calendly",
                        WebhookSchemes.calendly(),
                        NOON,
                        "example-signing-secret-0123456789",
                        "{\"event\":\"invitee.created\",\"payload\":{}}",
                        Map.of(
                                "Calendly-Webhook-Signature",
                                "t=1763726400,v1=f213ea5af0e6e6692e365edff944fbed2363e1781301733f04c1365619b9d76d"),
                        "invitee.created",
                        ""),
                new Vector(
                        "Stripe",
                        WebhookSchemes.stripe(),
                        NOON,
                        "whsec_example-signing-secret-0123456789",
                        "{\"id\":\"evt_1\",\"type\":\"charge.succeeded\"}",
                        Map.of(
                                "Stripe-Signature",
                                "t=1763726400,v1=0000000000000000000000000000000000000000000000000000000000000000,v1=24130ba75817e27f3d65e97f7ab25cd519103a82a32433fa488be5d7eb7ed6d7,v0=1111111111111111111111111111111111111111111111111111111111111111"),
                        "charge.succeeded",
                        "evt_1"),
                new Vector(
                        "Typeform",
                        WebhookSchemes.typeform(),
                        NOON,
                        "example-signing-secret-0123456789",
                        "{\"event_id\":\"01F\",\"event_type\":\"form_response\"}",
                        Map.of("Typeform-Signature", "sha256=Mwf7Z3B7uM4nNKH2bs3pkg4tAiPxlNTIHGIK5r1eo18="),
                        "form_response",
                        "01F"));
    }

    /** A host with one connection of a service that signs so. */
    private static final class Host implements AutoCloseable {
        private final List<WebhookEvent> events = new CopyOnWriteArrayList<>();
        private final Bulla bulla;
        private final String id;

        Host(WebhookScheme scheme, long at, String secret) {
            Provider provider = Provider.builder("service", "Service")
                    .form(new KeyForm(
                            List.of(Field.secret("key", "Key", "")),
                            "key",
                            (values, call) -> new KeyForm.Verification(true, Identity.of("1", "One"), List.of())))
                    .api(ApiAccess.bearer("https://service.example"))
                    .webhooks(scheme)
                    .build();
            bulla = Bulla.builder()
                    .store(InMemoryStore.on(() -> at * 1000))
                    .hostKeys(HostKeyring.ephemeral())
                    .baseUri("https://app.example.com/bulla")
                    .returnTo("https://app.example.com/")
                    .providers(provider)
                    .onWebhook(events::add)
                    .build();
            bulla.tenant("acme").connections().create("hooked", "service");
            bulla.tenant("acme").connections().enable("hooked");
            webhooks().save(Secret.of(secret));
            URI address = webhooks().open();
            id = address.getPath().substring(address.getPath().lastIndexOf('/') + 1);
        }

        Webhooks webhooks() {
            return bulla.tenant("acme").connections().webhooks("hooked");
        }

        int send(byte[] body, Map<String, String> headers) {
            return answer(body, headers).status();
        }

        WebhookAnswer answer(byte[] body, Map<String, String> headers) {
            Map<String, List<String>> lower = new HashMap<>();
            headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), List.of(value)));
            return bulla.receive(new WebhookDelivery("POST", id, "", Map.of(), lower, Optional.of(body)));
        }

        WebhookAnswer question(String mode, String token) {
            Map<String, List<String>> parameters = Map.of(
                    "hub.mode", List.of(mode),
                    "hub.challenge", List.of("1158201444"),
                    "hub.verify_token", List.of(token));
            return bulla.receive(new WebhookDelivery("GET", id, "", parameters, Map.of(), Optional.empty()));
        }

        @Override
        public void close() {
            bulla.close();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signedDeliveryIsTaken(Vector vector) {
        try (Host host = new Host(vector.scheme(), vector.at(), vector.secret())) {
            assertThat(host.send(vector.body().getBytes(StandardCharsets.UTF_8), vector.headers()))
                    .isEqualTo(200);
            host.close();
            assertThat(host.events).hasSize(1);
            WebhookEvent event = host.events.get(0);
            assertThat(event.type()).isEqualTo(vector.type());
            assertThat(event.deliveryId().orElse("")).isEqualTo(vector.id());
            assertThat(new String(event.body(), StandardCharsets.UTF_8)).isEqualTo(vector.body());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyByteOfTheBodyCounts(Vector vector) {
        try (Host host = new Host(vector.scheme(), vector.at(), vector.secret())) {
            byte[] right = vector.body().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < right.length; i += Math.max(1, right.length / 7)) {
                byte[] body = right.clone();
                body[i] ^= 1;
                assertThat(host.send(body, vector.headers())).isEqualTo(401);
            }
            assertThat(host.send((vector.body() + "\n").getBytes(StandardCharsets.UTF_8), vector.headers()))
                    .isEqualTo(401);
            host.close();
            assertThat(host.events).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void otherSecretIsRefused(Vector vector) {
        String other = vector.secret().startsWith("whsec_")
                ? "whsec_" + "A".repeat(32)
                : vector.secret().startsWith("whpk_") ? "whpk_" + "A".repeat(43) + "=" : "QUJD".repeat(8);
        try (Host host = new Host(vector.scheme(), vector.at(), other)) {
            assertThat(host.send(vector.body().getBytes(StandardCharsets.UTF_8), vector.headers()))
                    .isEqualTo(401);
        }
    }

    /** A clock that is a little off is forgiven; some of the times are not on the second. */
    @ParameterizedTest
    @MethodSource("vectors")
    void signedTimeIsNear(Vector vector) {
        for (long away : new long[] {-310, -290, 290, 310}) {
            try (Host host = new Host(vector.scheme(), vector.at() + away, vector.secret())) {
                boolean far = Math.abs(away) > 300;
                assertThat(host.send(vector.body().getBytes(StandardCharsets.UTF_8), vector.headers()))
                        .as("%d s", away)
                        .isEqualTo(far && TIMED.contains(vector.name()) ? 401 : 200);
            }
        }
    }

    @Test
    void questionOfSlackIsAnswered() throws GeneralSecurityException {
        String secret = "8f742231b10e8888abcd99yyyzzz85a5";
        String body =
                "{\"token\":\"Jhj5dZrVaK7ZwHHjRyZWjbDl\",\"challenge\":\"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P\","
                        + "\"type\":\"url_verification\"}";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature =
                HexFormat.of().formatHex(mac.doFinal(("v0:" + NOON + ":" + body).getBytes(StandardCharsets.UTF_8)));
        try (Host host = new Host(of(Slack.create()), NOON, secret)) {
            WebhookAnswer answer = host.answer(
                    body.getBytes(StandardCharsets.UTF_8),
                    Map.of("X-Slack-Request-Timestamp", "" + NOON, "X-Slack-Signature", "v0=" + signature));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P");
            host.close();
            assertThat(host.events).isEmpty();
        }
    }

    @Test
    void questionOfMetaIsAnsweredToWhoKnowsTheToken() {
        for (Provider provider : List.of(FacebookPage.create(), Instagram.create(), MetaAds.create())) {
            try (Host host = new Host(of(provider), NOON, "example-signing-secret-0123456789")) {
                String token = host.webhooks().generateToken().reveal();
                assertThat(host.question("subscribe", token).text()).isEqualTo("1158201444");
                assertThat(host.question("subscribe", token + "x").status()).isEqualTo(401);
                assertThat(host.question("unsubscribe", token).status()).isEqualTo(401);
            }
        }
    }

    /** A trigger's body is the owner's: an id in it is a ticket's, and comes with every delivery about that ticket. */
    @Test
    void idInABodyThatTheOwnerWroteTellsNoDeliveriesApart() {
        byte[] body = "{\"id\":\"35436\"}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> first = Map.of(
                "X-Zendesk-Webhook-Signature", "o5Vu9usYRLxaJFlc31RJfdG/MIyXVDPQ++L0B2J+75Y=",
                "X-Zendesk-Webhook-Signature-Timestamp", "2025-11-21T12:00:00Z",
                "X-Zendesk-Webhook-Invocation-Id", "i-1");
        Map<String, String> second = Map.of(
                "X-Zendesk-Webhook-Signature", "eaq0+KkY3tECQBI4XGROVPysuLhwZjDLeoTAYuuGDjM=",
                "X-Zendesk-Webhook-Signature-Timestamp", "2025-11-21T12:00:01Z",
                "X-Zendesk-Webhook-Invocation-Id", "i-2");
        Map<String, String> replayed = new HashMap<>(first);
        replayed.put("X-Zendesk-Webhook-Invocation-Id", "i-3");
        try (Host host = new Host(WebhookSchemes.zendesk(), NOON, "example-signing-secret-0123456789")) {
            for (Map<String, String> headers : List.of(first, second, replayed)) {
                assertThat(host.send(body, headers)).isEqualTo(200);
            }
            host.close();
            assertThat(host.events.stream().map(event -> event.deliveryId().orElse("")))
                    .containsExactlyInAnyOrder("i-1", "i-2");
        }
    }

    /** Every service that is named has its scheme, and every provider of it. */
    @Test
    void catalogueKnowsWhoSendsWebhooks() {
        assertThat(Stream.of(Catalogue.all())
                        .filter(provider -> provider.webhooks().isPresent())
                        .map(Provider::id))
                .contains(
                        GitHub.ID,
                        Slack.create().id(),
                        Linear.create().id(),
                        Sentry.create().id(),
                        HubSpot.create().id(),
                        Shopify.create().id(),
                        Notion.create().id(),
                        FacebookPage.create().id(),
                        Atlassian.create().id());
    }
}
