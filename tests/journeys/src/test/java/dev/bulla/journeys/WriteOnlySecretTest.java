package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.testing.TestTransport;
import dev.bulla.testkit.store.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A secret that an owner saved for one address is not sent to another one, whoever edits the address. */
class WriteOnlySecretTest {
    private static final String RETURN = "https://app.example.com/";

    private final List<String> sentTo = new ArrayList<>();
    private final Bulla bulla = Bulla.builder()
            .store(InMemoryStore.create())
            .hostKeys(HostKeyring.ephemeral())
            .baseUri("https://app.example.com/bulla")
            .returnTo(RETURN)
            .providers(shop())
            .transport(new TestTransport(call -> {
                sentTo.add(call.uri().getHost());
                return new HttpAnswer(500, Map.of(), new byte[0]);
            }))
            .build();
    private final Connections owner = bulla.tenant("acme").connections();
    private final Member alice = bulla.tenant("acme").member("alice");

    private static Provider shop() {
        OAuth2Spec spec = OAuth2Spec.builder("https://{shop}.example.com/authorize", "https://{shop}.example.com/token")
                .identity("https://{shop}.example.com/me", "id", "name")
                .build();
        KeyForm form = new KeyForm(
                List.of(Field.secret("key", "Key", "")),
                "key",
                (values, call) -> new KeyForm.Verification(true, Identity.of("x", "x"), List.of()));
        return Provider.builder("shop", "Shop")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .form(form)
                .hostCredential()
                .api(ApiAccess.bearer("https://{shop}.example.com"))
                .build();
    }

    @AfterEach
    void close() {
        bulla.close();
    }

    private void call() {
        try (Session session = alice.session()) {
            session.call("host", ApiRequest.get("/x"));
        }
    }

    @Test
    void hostCredentialDoesNotFollowAnEditedAddress() {
        owner.create("host", "shop", Mode.HOST_CREDENTIAL);
        assertThat(owner.save("host", Settings.none().with("shop", "good").withSecret("key", "secret"))
                        .missing())
                .isEmpty();
        assertThat(owner.save("host", Settings.none().with("shop", "evil")).missing())
                .containsExactly("key");
        assertThat(owner.get("host").usable()).isFalse();
        assertThat(owner.get("host").secrets()).isEmpty();
        assertThatExceptionOfType(BullaException.class)
                .isThrownBy(this::call)
                .returns(ErrorCode.NOT_ENABLED, BullaException::code);
        assertThat(sentTo).isEmpty();

        assertThat(owner.save("host", Settings.none().with("shop", "good")).missing())
                .isEmpty();
        call();
        assertThat(sentTo).containsExactly("good.example.com");
    }

    @Test
    void addressAndSecretSavedTogetherAreForEachOther() {
        owner.create("host", "shop", Mode.HOST_CREDENTIAL);
        owner.save("host", Settings.none().with("shop", "good").withSecret("key", "secret"));
        assertThat(owner.save("host", Settings.none().with("shop", "next").withSecret("key", "another"))
                        .missing())
                .isEmpty();
        call();
        assertThat(sentTo).containsExactly("next.example.com");
    }

    @Test
    void clientSecretDoesNotFollowAnEditedAddress() {
        owner.create("own", "shop", Mode.OWN_APP);
        owner.save("own", Settings.clientId("id").clientSecret("secret").with("shop", "good"));
        assertThat(owner.save("own", Settings.none().with("shop", "evil")).missing())
                .containsExactly(Settings.CLIENT_SECRET);
        assertThat(owner.save("own", Settings.clientId("id")).missing()).containsExactly(Settings.CLIENT_SECRET);
        assertThatExceptionOfType(BullaException.class)
                .isThrownBy(() -> alice.connect("own", RETURN))
                .returns(ErrorCode.NOT_CONFIGURED, BullaException::code);
        assertThat(owner.save("own", Settings.none().clientSecret("secret")).missing())
                .isEmpty();
    }

    @Test
    void flowUnderWayTakesNoSecretToAnEditedAddress() {
        owner.create("own", "shop", Mode.OWN_APP);
        owner.save("own", Settings.clientId("id").clientSecret("secret").with("shop", "good"));
        ConnectStep.Redirect step = (ConnectStep.Redirect) alice.connect("own", RETURN);
        owner.save("own", Settings.none().with("shop", "evil"));
        String state = step.location().getRawQuery().replaceAll(".*state=([^&]+).*", "$1");
        alice.complete(CallbackRequest.of(
                "/bulla/callback/" + owner.get("own").id(),
                "code=c&state=" + state,
                Map.of(step.cookie().name(), step.cookie().value())));
        assertThat(sentTo).isEmpty();
    }

    @Test
    void secretSavedBeforeItsAddressIsForNone() {
        owner.create("own", "shop", Mode.OWN_APP);
        owner.save("own", Settings.clientId("id").clientSecret("secret"));
        assertThat(owner.save("own", Settings.none().with("shop", "good")).missing())
                .containsExactly(Settings.CLIENT_SECRET);
    }
}
