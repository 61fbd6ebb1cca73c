package dev.bulla.oauth2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulla.http.RawServer;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.RevocationCall.Place;
import dev.bulla.provider.RevocationCall.Which;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.provider.UrlTemplate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services that revoke by a living access token, which takes its refresh token with it. */
class TokenRevocationTest {
    private final Set<String> alive = new HashSet<>(Set.of("refresh-1"));
    private String refreshAnswer = "200 OK|{\"access_token\":\"access-2\",\"refresh_token\":\"refresh-2\"}";
    private final Talk talk = Talk.with((request, out, socket) -> {
        Map<String, String> form = Talk.form(request.body());
        if (request.target().equals("/token")) {
            String[] parts = refreshAnswer.split("\\|", 2);
            if (parts[0].startsWith("200") && alive.remove(form.get("refresh_token"))) {
                alive.addAll(List.of("access-2", "refresh-2"));
            }
            out.write(RawServer.json(parts[0], parts[1]));
        } else {
            boolean known = alive.remove(form.get("token"));
            if (known) {
                alive.clear();
            }
            out.write(RawServer.json(known ? "200 OK" : "422 No", ""));
        }
        socket.close();
    });

    @AfterEach
    void close() {
        talk.close();
    }

    private OAuth2Spec.Builder spec() {
        return talk.spec()
                .revocation(new RevocationCall(
                        "POST",
                        UrlTemplate.of(talk.server.url("/revoke")),
                        ClientAuthentication.BASIC,
                        Place.FORM,
                        "token",
                        Reach.TOKEN,
                        Which.access()));
    }

    private void revoke(OAuth2Spec.Builder spec, @Nullable Instant end, @Nullable String refreshToken) {
        Secret refresh = refreshToken == null ? null : Secret.of(refreshToken);
        TokenSet set = new TokenSet(Secret.of("access-1"), refresh, end, null, null, Map.of());
        TokenRevocation.of(spec.build()).revoke(Tokens.of(set), talk.call());
    }

    private List<String> targets() {
        return talk.server.requests().stream().map(RawServer.Request::target).toList();
    }

    @Test
    void aDeadAccessTokenWithALivingRefreshTokenLeavesNothingAlive() {
        revoke(spec(), Talk.NOW.minusSeconds(1), "refresh-1");

        assertThat(alive).isEmpty();
        assertThat(targets()).containsExactly("/token", "/revoke");
    }

    @Test
    void soDoesOneThatIsAboutToEnd() {
        revoke(spec(), Talk.NOW.plusSeconds(30), "refresh-1");

        assertThat(alive).isEmpty();
    }

    @Test
    void aLivingAccessTokenIsSentAsItIs() {
        for (Instant end : new Instant[] {Talk.NOW.plusSeconds(61), null}) {
            alive.addAll(List.of("access-1", "refresh-1"));
            revoke(spec(), end, "refresh-1");
            assertThat(alive).isEmpty();
        }
        assertThat(targets()).containsOnly("/revoke");
    }

    @Test
    void aRefreshTokenThatIsRefusedHasNothingLeftToEnd() {
        refreshAnswer = "400 No|{\"error\":\"invalid_grant\"}";
        revoke(spec(), Talk.NOW, "refresh-1");

        assertThat(targets()).containsExactly("/token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "503 Later|{};TRANSIENT",
                "404 No|{\"error\":\"Not Found\"};MISCONFIGURED",
                "400 No|{\"error\":\"access_denied\"};TERMINAL",
                "500 Oops|{};OUTCOME_UNKNOWN",
            })
    void whatMayStillBeAliveIsTold(String answer, Kind kind) {
        refreshAnswer = answer;
        var failure = catchThrowableOfType(
                ProviderException.class, () -> revoke(spec(), Talk.NOW.minusSeconds(1), "refresh-1"));

        assertThat(failure.kind()).isEqualTo(kind);
    }

    @Test
    void withoutARefreshTheAccessTokenIsSent() {
        alive.add("access-1");
        revoke(spec(), Talk.NOW.minusSeconds(1), null);
        alive.add("access-1");
        revoke(spec().noRefresh(), Talk.NOW.minusSeconds(1), "refresh-1");

        assertThat(targets()).containsExactly("/revoke", "/revoke");
    }

    @Test
    void aRefreshTokenThatIsSentItselfNeedsNoFreshOne() {
        OAuth2Spec.Builder every = talk.spec()
                .revocation(
                        RevocationCall.rfc7009(talk.server.url("/revoke"), ClientAuthentication.BASIC, Reach.TOKEN));
        assertThatThrownBy(() -> revoke(every, Talk.NOW.minusSeconds(1), "refresh-1"))
                .as("this service does not know the other token any more")
                .isInstanceOf(ProviderException.class);

        assertThat(alive).isEmpty();
        assertThat(targets()).containsExactly("/revoke", "/revoke");
    }
}
