package dev.bulla.benchmarks;

import java.util.Map;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** To the first authorization URL, without an application context, which would take most of the time. */
final class StartSpring {
    private StartSpring() {}

    public static void main(String[] args) {
        ClientRegistration registration = ClientRegistration.withRegistrationId("github")
                .clientId("client")
                .clientSecret("secret")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("https://app.example.com/callback")
                .authorizationUri("https://github.com/login/oauth/authorize")
                .tokenUri("https://github.com/login/oauth/access_token")
                .scope("repo")
                .build();
        ClientRegistration found =
                new InMemoryClientRegistrationRepository(registration).findByRegistrationId("github");
        OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
                .clientId(found.getClientId())
                .authorizationUri(found.getProviderDetails().getAuthorizationUri())
                .redirectUri(found.getRedirectUri())
                .scopes(found.getScopes())
                .state(new Base64StringKeyGenerator().generateKey())
                .additionalParameters(Map.of(
                        "code_challenge",
                        new Base64StringKeyGenerator().generateKey(),
                        "code_challenge_method",
                        "S256"))
                .build();
        System.out.println(request.getAuthorizationRequestUri());
    }
}
