package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Provider;
import dev.bulla.provider.WebhookRegistration;
import dev.bulla.provider.WebhookRegistration.Step;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Source;
import dev.bulla.providers.shopify.Shopify;
import dev.bulla.providers.standard.WebhookSchemes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of how addresses are registered fits together. */
class RegistrationsTest {
    static Stream<WebhookScheme> schemes() {
        return Stream.concat(
                        Stream.of(Catalogue.all()).map(Provider::webhooks).flatMap(scheme -> scheme.stream()),
                        Stream.of(
                                WebhookSchemes.airtable(),
                                WebhookSchemes.calendly(),
                                WebhookSchemes.stripe(),
                                WebhookSchemes.typeform(),
                                WebhookSchemes.zendesk()))
                .filter(scheme -> scheme.registration().isPresent());
    }

    private static Map<String, Object> given(WebhookRegistration how) {
        Map<String, Object> given = new HashMap<>(
                Map.of("address", "the-address", "secret", "the-secret", "hook", "the-hook", "id", "at/last/the-id"));
        how.values().forEach(value -> given.put(value, "the-" + value));
        if (how.each()) {
            given.put("event", "the-event");
        } else {
            given.put("events", List.of("the-event"));
        }
        return given;
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void everyPlaceIsFilledAndEveryValueUsed(WebhookScheme scheme) {
        WebhookRegistration how = scheme.registration().orElseThrow();
        Map<String, Object> given = given(how);
        String created = how.create().path(given) + how.create().body(given);
        assertThat(created).containsOnlyOnce("the-address").doesNotContainPattern("\\{[a-z]+}");
        how.values().forEach(value -> assertThat(created).contains("the-" + value));
        assertThat(created.contains("the-event"))
                .as("a choice of events")
                .isEqualTo(!how.events().isEmpty());
        assertThat(created.contains("the-secret")).as("is told a secret").isEqualTo(scheme.source() == Source.RECEIVER);
        assertThat(how.secret().isEmpty()).as("makes none").isEqualTo(scheme.source() != Source.SERVICE);
        String ended = how.delete().path(given) + how.delete().body(given);
        assertThat(ended).containsPattern("the-(id|hook)").doesNotContainPattern("\\{[a-z]+}");
        how.ask()
                .ifPresent(ask -> assertThat(ask.path(given)).contains("the-id").doesNotContain("at/last"));
    }

    @Test
    void shopsAreAskedForEachTopicAndTakeItBackByItsWholeId() {
        WebhookRegistration how =
                Shopify.create().webhooks().flatMap(WebhookScheme::registration).orElseThrow();
        Step create = how.create();
        Map<String, Object> variables = variables(create, given(how));
        assertThat(create.path(Map.of())).isEqualTo("/admin/api/2026-10/graphql.json");
        assertThat(variables).isEqualTo(Map.of("topic", "the-event", "to", Map.of("uri", "the-address")));
        assertThat(variables(how.delete(), Map.of("id", "gid://shopify/WebhookSubscription/1")))
                .isEqualTo(Map.of("id", "gid://shopify/WebhookSubscription/1"));
        assertThat(how.each()).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> variables(Step step, Map<String, Object> given) {
        return (Map<String, Object>) step.body(given).get("variables");
    }
}
