package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import dev.bulla.model.Settings;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What requests need beside the token, and what callbacks must carry beside the state. */
class ValuesTest {
    private final World world = new World();
    private final SideService api = new SideService(asked -> new SideService.Answer(200, "{}"));

    @AfterEach
    void close() {
        world.close();
        api.close();
    }

    private Provider.Builder builder(OAuth2Spec spec) {
        return world.provider("valued", spec).custom();
    }

    private SideService.Asked askedOf(Provider provider, Settings settings) {
        world.beside(api);
        world.restartKnowing(provider);
        world.connection("notes", "valued");
        world.owner().save("notes", settings);
        assertConnected(world.connect("alice", "notes", "anna"));
        try (Session session = world.member("alice").session()) {
            assertThat(session.call("notes", ApiRequest.get("/me")).status()).isEqualTo(200);
        }
        return api.last();
    }

    private Provider headed() {
        return builder(world.spec().keep("scope").build())
                .ownerFields(
                        Field.secret("developer_token", "Developer token", ""),
                        Field.text("manager", "Manager", "").optional())
                .api(ApiAccess.bearer(api.at(""))
                        .header("developer-token", "{developer_token}")
                        .header("login-customer-id", "id {manager}")
                        .header("granted", "{scope}"))
                .build();
    }

    @Test
    void ownersSecretStandsInAHeader() {
        SideService.Asked asked = askedOf(
                headed(),
                Settings.none().withSecret("developer_token", "canary-dt").with("manager", "123"));
        assertThat(asked.header("developer-token")).isEqualTo("canary-dt");
        assertThat(asked.header("login-customer-id")).isEqualTo("id 123");
        assertThat(asked.header("granted")).isEqualTo("notes.read");
    }

    @Test
    void headerWithoutItsValueIsLeftOut() {
        SideService.Asked asked = askedOf(headed(), Settings.none().withSecret("developer_token", "canary-dt"));
        assertThat(asked.header("developer-token")).isEqualTo("canary-dt");
        assertThat(asked.header("login-customer-id")).isNull();
    }

    @Test
    void valueThatIsNoHeaderIsNotSent() {
        Provider provider = headed();
        world.restartKnowing(provider);
        world.connection("notes", "valued");
        world.owner().save("notes", Settings.none().withSecret("developer_token", "x\u00e9\nAuthorization: y"));
        assertConnected(world.connect("alice", "notes", "anna"));
        try (Session session = world.member("alice").session()) {
            assertThatExceptionOfType(BullaException.class)
                    .isThrownBy(() -> session.call("notes", ApiRequest.get("/me")))
                    .returns(ErrorCode.INVALID_SETTING, BullaException::code)
                    .withMessageNotContaining("Authorization");
        }
    }

    @Test
    void answerWithoutTheApisAddressIsRefused() {
        world.restartKnowing(builder(world.spec().keep("api_url").build())
                .api(ApiAccess.bearer("{api_url}/v1", "api.example.com"))
                .perAccount("api_url")
                .build());
        world.connection("notes", "valued");
        Landing landing = world.connect("alice", "notes", "anna");
        assertThat(landing.outcome())
                .isEqualTo(new Landing.Failed(ConnectError.TOKEN_EXCHANGE_FAILED, "address_missing"));
        assertThat(world.member("alice").accounts()).isEmpty();
        assertThat(world.server.grants("anna")).isEmpty();
    }

    @Test
    void callbackThatTheProviderRefusesRedeemsNothing() {
        signed(false);
        assertThat(world.connect("alice", "notes", "anna").outcome())
                .isEqualTo(new Landing.Failed(ConnectError.TOKEN_EXCHANGE_FAILED, "callback_refused"));
        assertThat(world.tokenRequests()).isZero();
        assertThat(world.member("alice").accounts()).isEmpty();
    }

    @Test
    void callbackThatTheProviderAcceptsIsRedeemed() {
        signed(true);
        assertConnected(world.connect("alice", "notes", "anna"));
    }

    private void signed(boolean good) {
        OAuth2Spec spec = world.spec()
                .callbackCheck((query, call) -> {
                    Secret secret = java.util.Objects.requireNonNull(call.app().clientSecret());
                    assertThat(query).containsKeys("code", "state");
                    return new String(secret.reveal().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                                    .equals("secret-of-notes")
                            && good;
                })
                .build();
        world.restartKnowing(builder(spec).build());
        world.connection("notes", "valued");
    }
}
