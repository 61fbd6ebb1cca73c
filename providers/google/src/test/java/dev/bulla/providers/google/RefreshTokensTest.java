package dev.bulla.providers.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.App;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefreshTokensTest {
    private static final List<Provider> ALL = List.of(Google.create(), GoogleDrive.create());

    @Test
    void consentIsAlwaysAskedForBecauseOnlyItBringsARefreshToken() {
        assertThat(ALL)
                .extracting(provider -> provider.oauth2().orElseThrow())
                .extracting(OAuth2Spec::authorizeParameters)
                .allSatisfy(parameters -> assertThat(parameters)
                        .containsEntry("access_type", "offline")
                        .containsEntry("prompt", "consent")
                        .doesNotContainKey("include_granted_scopes"));
    }

    @Test
    void refreshTokensDoNotRotateSoTheyMayBeSentAgain() {
        assertThat(ALL)
                .allSatisfy(provider ->
                        assertThat(provider.refresher().orElseThrow().reuse()).isEqualTo(ReuseRule.safe()));
    }

    @Test
    void accessTokenThatEndedWithTheRefreshTokenIsNoFailure() {
        List<HttpCall> sent = new ArrayList<>();
        TokenSet set = new TokenSet(Secret.of("access"), Secret.of("refresh"), null, null, null, Map.of());
        App app = new App("id", Secret.of("secret"), URI.create("https://host.example.com/c"), Map.of());
        ProviderCall call = new ProviderCall(
                request -> {
                    sent.add(request);
                    byte[] body = (sent.size() == 1 ? "{}" : "{\"error\":\"invalid_token\"}")
                            .getBytes(StandardCharsets.UTF_8);
                    return new HttpAnswer(sent.size() == 1 ? 200 : 400, Map.of(), body);
                },
                Clock.systemUTC(),
                app);
        Google.create().revoker().orElseThrow().revoke(Tokens.of(set), call);

        assertThat(sent).hasSize(2);
    }

    @Test
    void responsesOfGoogleNameItAndAreNotRequiredTo() {
        ProviderCall call = new ProviderCall(
                request -> {
                    throw new AssertionError("costs no call");
                },
                Clock.systemUTC(),
                new App("id", Secret.of("secret"), URI.create("https://host.example.com/c"), Map.of()));
        assertThat(ALL).extracting(provider -> provider.flow().orElseThrow()).allSatisfy(flow -> {
            assertThat(flow.issuer(call)).isEqualTo("https://accounts.google.com");
            assertThat(flow.issuerRequired(call)).isFalse();
        });
    }

    @Test
    void idTokensNameGoogleInTwoWays() {
        OAuth2Spec google = Google.create().oauth2().orElseThrow();

        assertThat(google.issuer()).contains("https://accounts.google.com");
        assertThat(google.furtherIdTokenIssuers()).containsExactly("accounts.google.com");
        assertThat(GoogleDrive.create().oauth2().orElseThrow().jwksUrl())
                .as("this service asks for no ID token")
                .isEmpty();
    }

    @Test
    void revocationEndsTheWholeGrant() {
        assertThat(ALL)
                .allSatisfy(provider ->
                        assertThat(provider.revoker().orElseThrow().reach()).isEqualTo(Reach.GRANT));
    }
}
