package dev.bulla.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnchorTest {
    @Test
    void anchorCoversEveryAddressThatASecretGoesTo() {
        OAuth2Spec spec = OAuth2Spec.builder("https://a.example/authorize", "https://a.example/token")
                .openIdConnect("https://a.example", "https://{keys}.example.com/keys")
                .identity("https://{people}.example.com/me", "id", "name")
                .revocation(RevocationCall.rfc7009(
                        "https://{end}.example.com/revoke",
                        OAuth2Spec.ClientAuthentication.BASIC,
                        TokenRevoker.Reach.TOKEN))
                .build();
        Provider provider = Provider.builder("demo", "Demo")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), null, null)
                .api(ApiAccess.bearer("https://a.example"))
                .build();
        assertThat(provider.instanceParts()).containsExactlyInAnyOrder("keys", "people", "end");
        Map<String, String> instance = Map.of("keys", "one", "people", "two", "end", "three");
        for (String part : List.of("keys", "people", "end")) {
            Map<String, String> edited = new java.util.HashMap<>(instance);
            edited.put(part, "evil");
            assertThat(provider.trustAnchor(edited)).isNotEqualTo(provider.trustAnchor(instance));
        }
    }

    @Test
    void valuesOfAFlowShowNothing() {
        Secret code = Secret.of("code");
        assertThat(new OAuthFlow.Begin(List.of(), "STATE", "challenge", "NONCE", false))
                .hasToString("Begin[]");
        assertThat(new OAuthFlow.Completion(code, code, "NONCE", List.of())).hasToString("Completion[]");
    }
}
