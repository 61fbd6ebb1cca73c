package dev.bulla.hook;

import static dev.bulla.provider.WebhookScheme.Found.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Clock;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.webhook.WebhookDelivery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvenTest {
    /** The form of HubSpot's third signature; delivery and signature are from the tests of its client for Python. */
    @Test
    void methodAndAddressAreSignedBeforeTheBody() {
        WebhookScheme scheme = WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-HubSpot-Signature-v3", "", Coding.BASE64)
                .over("{method}{uri}{body}{timestamp}")
                .time(header("X-HubSpot-Request-Timestamp"), Clock.MILLISECONDS)
                .build();
        String address = "https://www.example.com/webhook_uri";
        assertThat(isProven(scheme, "POST", address)).isTrue();
        assertThat(isProven(scheme, "PUT", address)).isFalse();
        assertThat(isProven(scheme, "POST", address + "/")).isFalse();
    }

    private static boolean isProven(WebhookScheme scheme, String method, String address) {
        byte[] body = "{'example_field':'example_value'}".getBytes(StandardCharsets.UTF_8);
        Map<String, List<String>> headers = Map.of(
                "x-hubspot-signature-v3", List.of("HPW73RUtKmcYoEDADG0s6MmGFWUzWJKAW07r8RDgcQw="),
                "x-hubspot-request-timestamp", List.of("15000000"));
        WebhookDelivery delivery = new WebhookDelivery(method, "id", "", Map.of(), headers, Optional.of(body));
        return Proven.of(scheme, delivery, body, address, List.of("yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"), 15_000_000)
                .isPresent();
    }
}
