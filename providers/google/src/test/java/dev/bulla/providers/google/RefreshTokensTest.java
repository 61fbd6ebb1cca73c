package dev.bulla.providers.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.provider.TokenRevoker.Reach;
import java.util.List;
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
    void revocationEndsTheWholeGrant() {
        assertThat(ALL)
                .allSatisfy(provider ->
                        assertThat(provider.revoker().orElseThrow().reach()).isEqualTo(Reach.GRANT));
    }
}
