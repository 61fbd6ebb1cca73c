package dev.bulla.journeys;

import static dev.bulla.journeys.HookHost.BODY;
import static dev.bulla.journeys.HookHost.SECRET;
import static dev.bulla.journeys.HookHost.signed;
import static dev.bulla.journeys.HookHost.untimed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Webhooks;
import dev.bulla.audit.Action;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Settings;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Source;
import dev.bulla.store.WebhookRow;
import dev.bulla.store.Write;
import dev.bulla.webhook.WebhookView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What owners do with the secrets of webhooks, and see of them. */
class WebhookSecretsTest {
    private static WebhookRow row(HookHost host, String name) {
        String connection = host.world
                .store
                .connections()
                .findByName(World.TENANT, name)
                .orElseThrow()
                .id();
        return host.world.store.webhooks().find(World.TENANT, connection).orElseThrow();
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
    void secretsOfAConnectionOpenInItsRowOnly() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            host.connection("other", "the-secret-of-other");
            WebhookRow from = row(host, "hooked");
            WebhookRow to = row(host, "other");
            WebhookRow copied = new WebhookRow(
                    to.id(),
                    to.tenant(),
                    to.connectionId(),
                    from.sealed(),
                    from.sealNo(),
                    0,
                    0,
                    null,
                    null,
                    to.rowVersion(),
                    "attempt",
                    0);
            assertThat(host.world.store.webhooks().update(copied)).isEqualTo(Write.DONE);
            assertThat(host.post("other", BODY, signed(SECRET, BODY)).statusCode())
                    .isEqualTo(401);
            assertThat(host.post("other", BODY, signed("the-secret-of-other", BODY))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(host.post("hooked", BODY, signed(SECRET, BODY)).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void secretFromTheFormOfTheConnectionIsGoodToo() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            host.world.restart(setup -> setup.providers(Provider.builder("formed", "Formed")
                            .form(HookHost.form())
                            .api(ApiAccess.bearer("https://service.example"))
                            .ownerFields(Field.secret("signingSecret", "Signing secret", "")
                                    .optional())
                            .webhooks(untimed().savedIn("signingSecret").build())
                            .build())
                    .onWebhook(host.events::add));
            host.connection("formed", "formed", "");
            assertThat(host.webhooks("formed").view().ready()).isFalse();
            assertThat(host.post("formed", "1", signed("of-the-form", "1")).statusCode())
                    .isEqualTo(401);
            host.world.owner().save("formed", Settings.none().withSecret("signingSecret", "of-the-form"));
            assertThat(host.webhooks("formed").view().ready()).isTrue();
            assertThat(host.post("formed", "2", signed("of-the-form", "2")).statusCode())
                    .isEqualTo(200);
            host.webhooks("formed").save(Secret.of("saved-beside-it"));
            assertThat(host.post("formed", "3", signed("of-the-form", "3")).statusCode())
                    .isEqualTo(200);
            assertThat(host.post("formed", "4", signed("saved-beside-it", "4")).statusCode())
                    .isEqualTo(200);
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
    void secretsAreSealedAndOfTheirService() throws Exception {
        try (HookHost host = new HookHost(untimed().build())) {
            WebhookRow row = row(host, "hooked");
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
}
