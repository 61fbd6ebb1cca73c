package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.model.Settings;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services that are connected by a key: typed in by the member, or provided by the host for everybody. */
class KeyFormTest {
    private final World world = new World();

    @BeforeEach
    void provider() {
        world.restart(setup -> setup.providers(Provider.builder("keys", "Keys")
                .form(new KeyForm(
                        List.of(
                                Field.secret("apiKey", "API key", "in your settings"),
                                Field.text("region", "Region", "eu or us")
                                        .matching("eu|us")
                                        .optional()),
                        "apiKey",
                        (values, call) -> verify(values)))
                .hostCredential()
                .api(ApiAccess.bearer(world.server.issuer().toString()))
                .build()));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Verification verify(Map<String, Secret> values) {
        String key = values.get("apiKey").reveal();
        if (key.startsWith("down")) {
            throw new ProviderException(Kind.TRANSIENT, "unavailable", 503, null, "away");
        }
        if (key.startsWith("bad")) {
            throw new ProviderException(Kind.TERMINAL, "unauthorized", 401, null, "no");
        }
        if (key.startsWith("odd")) {
            throw new IllegalStateException(key);
        }
        return new Verification(!key.startsWith("dim"), Identity.of("key", "Key of somebody"), List.of());
    }

    /** An access token of Ben: the service takes it for a key. */
    private String key() {
        world.connection("source");
        world.connect("ben", "source", "ben");
        try (Session session = world.member("ben").session()) {
            return session.tokenForSdk("source").reveal();
        }
    }

    private ConnectedAccount submit(String key) {
        return world.member("alice").submit("keys", Map.of("apiKey", key));
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private String whoAnswers() {
        try (Session session = world.member("alice").session()) {
            return session.call("keys", ApiRequest.get("/api/me")).text();
        }
    }

    @Test
    void formConnectsAndIsUsed() {
        Connection created = world.owner().create("keys", "keys");
        assertThat(created)
                .returns(Mode.FORM, Connection::mode)
                .returns(true, Connection::usable)
                .returns(true, connection -> connection.redirectUriIfAny().isEmpty());
        ConnectStep step = world.member("alice").connect("keys", World.RETURN);
        assertThat(step)
                .isInstanceOfSatisfying(
                        ConnectStep.Form.class,
                        form -> assertThat(form.fields())
                                .extracting(Field::name)
                                .containsExactly("apiKey", "region"));
        ConnectedAccount account = submit("  " + key() + "  ");
        assertThat(account)
                .returns(true, ConnectedAccount::ready)
                .returns(true, ConnectedAccount::verified)
                .returns(false, ConnectedAccount::scopesAssumed);
        assertThat(whoAnswers()).contains("Ben Example");
    }

    @Test
    void unverifiableKeyIsKeptAndSaysSo() {
        world.owner().create("keys", "keys");
        assertThat(submit("dim"))
                .returns(true, ConnectedAccount::ready)
                .returns(false, ConnectedAccount::verified)
                .returns(Map.of(), ConnectedAccount::attributes);
    }

    @Test
    void refusedKeyLeavesTheFormerOne() {
        world.owner().create("keys", "keys");
        ConnectedAccount former = submit(key());
        refused(ErrorCode.FORM_REFUSED, () -> submit("bad"));
        refused(ErrorCode.PROVIDER_UNAVAILABLE, () -> submit("down"));
        refused(ErrorCode.FORM_REFUSED, () -> submit(" "));
        refused(
                ErrorCode.FORM_REFUSED,
                () -> world.member("alice").submit("keys", Map.of("apiKey", "good", "region", "mars")));
        assertThat(world.member("alice").account("keys")).isEqualTo(former);
        assertThat(whoAnswers()).contains("Ben Example");
    }

    @Test
    void serviceThatIsAwayStoresNothing() {
        world.owner().create("keys", "keys");
        refused(ErrorCode.PROVIDER_UNAVAILABLE, () -> submit("down"));
        assertThat(world.member("alice").accounts()).isEmpty();
    }

    @Test
    void errorOfAProvidersOwnCodeTellsNoValue() {
        world.owner().create("keys", "keys");
        assertThatThrownBy(() -> submit("odd-secret-key"))
                .isInstanceOf(BullaException.class)
                .hasNoCause()
                .hasMessageNotContaining("odd-secret-key");
    }

    @Test
    void formIsClosedWhereTheConnectionIs() {
        world.owner().create("keys", "keys");
        world.owner().disable("keys");
        refused(ErrorCode.NOT_ENABLED, () -> submit("good"));
        world.connection("notes");
        refused(ErrorCode.INVALID_SETTING, () -> world.member("alice").submit("notes", Map.of("apiKey", "good")));
    }

    @Test
    void hostCredentialServesEverybodyWithoutAnAccount() {
        String key = key();
        assertThat(world.owner().create("keys", "keys", Mode.HOST_CREDENTIAL).missing())
                .containsExactly("apiKey");
        refused(ErrorCode.NOT_ENABLED, this::whoAnswers);
        Connection saved = world.owner()
                .save("keys", Settings.none().withSecret("apiKey", key))
                .connection();
        assertThat(saved).returns(true, Connection::usable).returns(List.of("apiKey"), Connection::secrets);
        assertThat(saved.toString()).doesNotContain(key);
        assertThat(whoAnswers()).contains("Ben Example");
        assertThat(world.member("alice").accounts()).isEmpty();
        assertThat(world.member("alice").connectable())
                .extracting(Connection::name)
                .doesNotContain("keys");
        refused(ErrorCode.INVALID_SETTING, () -> world.member("alice").connect("keys", World.RETURN));
        world.owner().disable("keys");
        refused(ErrorCode.NOT_ENABLED, this::whoAnswers);
    }

    @Test
    void hostCredentialNeverStandsInForAMissingAccount() {
        String key = key();
        world.owner().create("everybody", "keys", Mode.HOST_CREDENTIAL);
        world.owner().save("everybody", Settings.none().withSecret("apiKey", key));
        world.owner().create("keys", "keys");
        refused(ErrorCode.NOT_CONNECTED, this::whoAnswers);
        submit(key);
        world.member("alice").disconnect("keys");
        int calls = world.server.journal().apiCalls().size();
        refused(ErrorCode.NOT_CONNECTED, this::whoAnswers);
        assertThat(world.server.journal().apiCalls()).hasSize(calls);
    }
}
