package dev.bulla.providers.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.App;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.testkit.provider.ProviderContract;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GitHubTest extends ProviderContract {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Override
    protected Provider provider() {
        return GitHub.create();
    }

    @Override
    protected Map<String, String> leftOut() {
        String tokenOnly = "a disconnect ends its own token, not those that share the app";
        return Map.of("revoke-grant", tokenOnly, "revoke-dead-token", tokenOnly);
    }

    @Override
    protected Map<String, String> form() {
        return Map.of(GitHub.TOKEN, "ghp_canary55aaAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    }

    @Test
    void disconnectEndsItsOwnTokenOnly() {
        assertThat(provider().revoker().orElseThrow().reach()).isEqualTo(Reach.TOKEN);
    }

    @Test
    void tokenThatHasEndedIsRefreshedSoThatNothingStaysAlive() {
        TokenSet set =
                new TokenSet(Secret.of("ghu_old"), Secret.of("ghr_old"), NOW.minusSeconds(1), null, null, Map.of());
        List<HttpCall> sent = new ArrayList<>();
        provider().revoker().orElseThrow().revoke(Tokens.of(set), call(sent));

        assertThat(sent).extracting(HttpCall::method).containsExactly("POST", "DELETE");
        assertThat(body(sent.get(0))).contains("refresh_token=ghr_old");
        assertThat(body(sent.get(1))).isEqualTo("{\"access_token\":\"ghu_new\"}");
    }

    @Test
    void tokenEndpointIsAskedForJsonWithTheClientInTheBody() {
        List<HttpCall> sent = new ArrayList<>();
        TokenSet set = new TokenSet(Secret.of("ghu_old"), Secret.of("ghr_old"), null, null, null, Map.of());
        provider().refresher().orElseThrow().refresh(Tokens.of(set), call(sent));

        assertThat(sent.get(0).headers())
                .containsEntry("Accept", "application/json")
                .doesNotContainKey("Authorization");
        assertThat(body(sent.get(0))).contains("client_id=id", "client_secret=secret");
    }

    private static ProviderCall call(List<HttpCall> sent) {
        App app = new App("id", Secret.of("secret"), URI.create("https://host.example.com/c"), Map.of());
        byte[] fresh = "{\"access_token\":\"ghu_new\",\"refresh_token\":\"ghr_new\"}".getBytes(StandardCharsets.UTF_8);
        return new ProviderCall(
                call -> {
                    sent.add(call);
                    return call.method().equals("POST")
                            ? new HttpAnswer(200, Map.of(), fresh)
                            : new HttpAnswer(204, Map.of(), new byte[0]);
                },
                Clock.fixed(NOW, ZoneOffset.UTC),
                app);
    }

    private static String body(HttpCall call) {
        return new String(Objects.requireNonNull(call.body()), StandardCharsets.UTF_8);
    }

    @Test
    void memberIsShownTheLoginAfterConnecting() {
        assertThat(provider().returnPrefix()).isEqualTo("github");
        assertThat(provider().returnIdentity()).isEqualTo("username");
    }
}
