package dev.bulla.providers.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.http.HardenedHttp;
import dev.bulla.http.HttpSettings;
import dev.bulla.provider.App;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Provider.ManagedApp;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.Scope;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Tokens;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.testkit.server.Browser;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CustomProviderTest {
    private static final URI REDIRECT = URI.create("https://host.example.com/callback/1");
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final AuthorizationServer server = AuthorizationServer.builder()
            .user("alice", "pw", "Alice Example")
            .client("app", "app-secret", REDIRECT.toString())
            .start();
    private final HttpSettings settings = HttpSettings.standard().reaching("127.0.0.1:" + server.port());

    @AfterEach
    void stop() {
        server.close();
    }

    private Provider discovered() {
        return CustomProvider.discover("demo", "Demo", server.issuer().toString(), settings)
                .api(server.at("/api").toString())
                .scopes(
                        Scope.of("openid", "Know who you are").needed(),
                        Scope.of("profile", "See your name").preset(),
                        Scope.of("notes.read", "Read notes").preset())
                .create();
    }

    @Test
    void discoveredServiceConnectsRefreshesAndRevokes() {
        Provider provider = discovered();
        try (HardenedHttp http = HardenedHttp.create(settings)) {
            ProviderCall call = new ProviderCall(
                    http, Clock.systemUTC(), new App("app", Secret.of("app-secret"), REDIRECT, Map.of()));
            OAuthFlow flow = provider.flow().orElseThrow();
            List<String> scopes = List.of("openid", "profile", "notes.read");
            URI url = flow.authorizationUri(new OAuthFlow.Begin(scopes, "state-1", CHALLENGE, "nonce-1", false), call);
            Matcher code = Pattern.compile("[?&]code=([^&]+)")
                    .matcher(new Browser().authorize(url, "alice", "pw").toString());
            assertThat(code.find()).isTrue();

            Tokens tokens = flow.complete(
                    new OAuthFlow.Completion(Secret.of(code.group(1)), Secret.of(VERIFIER), "nonce-1", scopes), call);
            Identity identity = flow.identify(tokens, call);
            Tokens fresh = provider.refresher().orElseThrow().refresh(tokens, call);
            provider.revoker().orElseThrow().revoke(fresh.orFrom(tokens), call);

            assertThat(identity.displayName()).isEqualTo("Alice Example");
            assertThat(server.grants("alice")).isEmpty();
        }
    }

    @Test
    void endpointsOfAHostGetNoManagedApp() {
        Provider provider = discovered();

        assertThat(provider.custom()).isTrue();
        assertThatThrownBy(() -> provider.managedBy(new ManagedApp("m1", "id", Secret.of("s"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void credentialsStayAtTheOriginOfTheApi() {
        Provider provider = discovered();

        assertThat(provider.api().allows(server.at("/api/me"), Map.of())).isTrue();
        assertThat(provider.api().allows(URI.create("http://127.0.0.1:1/api/me"), Map.of()))
                .isFalse();
        assertThat(provider.trustAnchor(Map.of())).isEqualTo("demo|http://127.0.0.1:" + server.port());
    }

    @Test
    void privateAddressIsNotDiscoveredUnlessTheHostSaysSo() {
        assertThatThrownBy(() ->
                        CustomProvider.discover("demo", "Demo", server.issuer().toString(), HttpSettings.standard()))
                .isInstanceOfSatisfying(
                        BullaException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.EGRESS_BLOCKED));
    }

    @Test
    void serviceThatIsDownIsToldAtOnce() {
        String issuer = server.issuer().toString();
        server.close();

        assertThatThrownBy(() -> CustomProvider.discover("demo", "Demo", issuer, settings))
                .isInstanceOf(ProviderException.class);
    }

    @Test
    void factsMayBeWrittenDown() {
        Provider provider = CustomProvider.oauth2(
                        "crm",
                        "Our CRM",
                        OAuth2Spec.builder("https://id.example.com/authorize", "https://id.example.com/oauth/token")
                                .identity("https://api.example.com/me", "id", "name")
                                .noRefresh())
                .create();

        assertThat(provider.custom()).isTrue();
        assertThat(provider.refresher()).isEmpty();
        assertThat(provider.revoker()).isEmpty();
        assertThat(provider.api().base()).hasToString("https://id.example.com");
    }

    @Test
    void factsWithoutAnIdentityAreRefused() {
        assertThatThrownBy(() -> CustomProvider.oauth2(
                                "crm", "Our CRM", OAuth2Spec.builder("https://a.example/a", "https://a.example/t"))
                        .create())
                .isInstanceOf(IllegalStateException.class);
    }
}
