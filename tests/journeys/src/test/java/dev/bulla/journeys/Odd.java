package dev.bulla.journeys;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.testkit.FakeService;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A service by its specification, and what it was sent. */
final class Odd {
    private Odd() {}

    static final RevocationCall REVOCATION =
            RevocationCall.rfc7009("https://odd.example.com/revoke", ClientAuthentication.POST, Reach.TOKEN);

    static OAuth2Spec.Builder spec() {
        return OAuth2Spec.builder("https://odd.example.com/authorize", "https://odd.example.com/token")
                .identity("https://odd.example.com/me", "id", "name")
                .revocation(REVOCATION);
    }

    static Provider provider(OAuth2Spec spec) {
        return Provider.builder("odd", "Odd")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .scopes(
                        Scope.of("read", "Read").preset(),
                        Scope.of("write", "Write").preset())
                .api(ApiAccess.bearer("https://odd.example.com"))
                .build();
    }

    static FakeService service(OAuth2Spec.Builder spec) {
        return FakeService.speaking(provider(spec.build()));
    }

    static String body(HttpCall call) {
        return new String(Objects.requireNonNull(call.body()), StandardCharsets.UTF_8);
    }
}
