package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.error.ErrorCode;
import dev.bulla.http.HardenedHttp;
import dev.bulla.http.HttpSettings;
import dev.bulla.model.AccountStatus;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.refresh.MovedTime;
import dev.bulla.refresh.Need;
import dev.bulla.refresh.Outcome;
import dev.bulla.store.AccountRow;
import dev.bulla.vault.Opener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No byte of the request has left, so nothing has changed at the other end: the refresh is simply tried again later. */
class UnreachedTest {
    private final Stage stage = Stage.inMemory();

    @BeforeEach
    void connect() {
        stage.connected().after(Stage.ENDED);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private String here() {
        return "127.0.0.1:" + stage.world.server.port();
    }

    private Provider sendingTo(String token) {
        OAuth2Spec spec = OAuth2Spec.builder("http://" + here() + "/authorize", token)
                .identity("http://" + here() + "/api/me", "id", "name")
                .build();
        return Provider.builder("demo", "Demo")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("http://" + here()))
                .formerAnchors("demo|http://" + here())
                .custom()
                .build();
    }

    private void isTransient(String token, String... reachable) {
        HttpSettings settings = HttpSettings.standard();
        for (String one : reachable) {
            settings = settings.reaching(one);
        }
        AccountRow row = stage.row();
        try (HardenedHttp http = HardenedHttp.create(settings)) {
            Outcome outcome = new MovedTime()
                    .keeper(stage.rows(), stage.world.ring, sendingTo(token), http, Runnable::run, () -> false)
                    .refresh(World.TENANT, row.id(), row.sealNo(), Opener.host(), Need.DUE);
            assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
            assertThat(outcome.failure().code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        }
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
        assertThat(stage.account().reason()).isEmpty();
        assertThat(stage.row().claim().intent()).isNull();
        assertThat(stage.row().claim().until()).isZero();
        assertThat(stage.row().refreshAt()).isGreaterThan(stage.row().now());
        stage.after(Stage.BACK_OFF);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void refusedConnection() throws IOException {
        // taken, so that nobody else gets it, and nobody listens
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            String closed = "127.0.0.1:" + taken.getLocalPort();
            isTransient("http://" + closed + "/token", closed);
        }
    }

    @Test
    void unknownHost() {
        isTransient("https://nowhere.invalid/token");
    }

    @Test
    void failedHandshake() {
        isTransient("https://" + here() + "/token", here());
    }
}
