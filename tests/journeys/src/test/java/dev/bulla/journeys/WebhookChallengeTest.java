package dev.bulla.journeys;

import static dev.bulla.journeys.HookHost.BODY;
import static dev.bulla.journeys.HookHost.at;
import static dev.bulla.journeys.HookHost.hex;
import static dev.bulla.journeys.HookHost.now;
import static dev.bulla.journeys.HookHost.signed;
import static dev.bulla.journeys.HookHost.timed;
import static dev.bulla.journeys.HookHost.untimed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Secret;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.providers.standard.Notion;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What services ask before they send anything. */
class WebhookChallengeTest {
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
}
