package dev.bulla.springauthorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.http.HardenedHttp;
import dev.bulla.http.HttpSettings;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Landing;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.Discovery;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.testkit.store.InMemoryStore;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The main job against an authorization server that nobody here wrote. */
class SpringAuthorizationServerTest {
    private static final String RETURN = "https://app.example.com/done";

    private static SpringServer server;
    private static Bulla bulla;
    private static final AtomicLong AHEAD = new AtomicLong();

    @BeforeAll
    static void start() {
        server = new SpringServer();
        HttpSettings settings =
                HttpSettings.standard().reaching("127.0.0.1:" + server.issuer().getPort());
        bulla = Bulla.builder()
                .store(InMemoryStore.on(() -> System.currentTimeMillis() + AHEAD.get()))
                .baseline(Baseline.open())
                .hostKeys(HostKeyring.ephemeral())
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .http(settings)
                .providers(provider(settings))
                .build();
    }

    private static Provider provider(HttpSettings settings) {
        try (HardenedHttp http = HardenedHttp.create(settings)) {
            OAuth2Spec spec =
                    Discovery.openIdConnect(server.issuer().toString(), http).build();
            return Provider.builder("spring", "Spring Authorization Server")
                    .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                    .api(ApiAccess.bearer(server.issuer().toString()))
                    .scopes(
                            Scope.of("openid", "Who you are").needed(),
                            Scope.of("profile", "Your name").preset())
                    .custom()
                    .build();
        }
    }

    @AfterAll
    static void stop() {
        bulla.close();
        server.close();
    }

    @Test
    void accountIsConnectedUsedRefreshedOnceAndRevoked() throws Exception {
        Connections owner = bulla.tenant("acme").connections();
        URI redirect = owner.create("spring", "spring").redirectUri();
        server.register(redirect);
        owner.save("spring", Settings.clientId(SpringServer.CLIENT_ID).clientSecret(SpringServer.CLIENT_SECRET));
        Member alice = bulla.tenant("acme").member("alice");

        ConnectStep.Redirect step = (ConnectStep.Redirect) alice.connect("spring", RETURN);
        URI callback = new Person().authorize(step.location(), "anna", "anna-password");
        Landing landing = alice.complete(CallbackRequest.of(
                callback.getPath(),
                callback.getRawQuery(),
                Map.of(step.cookie().name(), step.cookie().value())));
        assertThat(landing.outcome()).isInstanceOf(Landing.Connected.class);
        assertThat(alice.account("spring").subject()).contains("anna");
        assertThat(alice.account("spring").scopes()).containsExactlyInAnyOrder("openid", "profile");

        try (Session session = alice.session()) {
            assertThat(session.call("spring", ApiRequest.get("/userinfo")).status())
                    .isEqualTo(200);
            AHEAD.addAndGet(Duration.ofMinutes(6).toMillis());
            assertThat(stampede(session)).containsOnly(200);
            assertThat(SpringServer.TOKEN_REQUESTS)
                    .containsExactly("/oauth2/token authorization_code", "/oauth2/token refresh_token");

            Disconnected gone = session.disconnect("spring");
            assertThat(gone.revocation()).isEqualTo(Disconnected.Revocation.REVOKED);
            assertThat(SpringServer.TOKEN_REQUESTS).contains("/oauth2/revoke null");
        }
    }

    private static List<Integer> stampede(Session session) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(32);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int caller = 0; caller < 32; caller++) {
                answers.add(callers.submit(() ->
                        session.call("spring", ApiRequest.get("/userinfo")).status()));
            }
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            return statuses;
        } finally {
            callers.shutdown();
        }
    }
}
