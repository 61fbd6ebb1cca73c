package dev.bulla.benchmarks;

import java.time.Instant;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.JdbcOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;

/** Spring Security: the manager for use outside of a request, on its JDBC service. Tokens stand there in plain text. */
final class SpringPeer implements Peer {
    private static final String REGISTRATION = "notes";

    private final DataSource pool;
    private final boolean h2;
    private final ClientRegistration registration;
    private final JdbcOAuth2AuthorizedClientService service;
    private final AuthorizedClientServiceOAuth2AuthorizedClientManager manager;

    SpringPeer(DataSource pool, boolean h2, String issuer, String clientId, String secret) {
        this.pool = pool;
        this.h2 = h2;
        registration = ClientRegistration.withRegistrationId(REGISTRATION)
                .clientId(clientId)
                .clientSecret(secret)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("https://app.example.com/callback")
                .authorizationUri(issuer + "/authorize")
                .tokenUri(issuer + "/token")
                .build();
        InMemoryClientRegistrationRepository registrations = new InMemoryClientRegistrationRepository(registration);
        service = new JdbcOAuth2AuthorizedClientService(new JdbcTemplate(pool), registrations);
        manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, service);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .authorizationCode()
                .refreshToken()
                .build());
    }

    @Override
    public void install() {
        Databases.run(pool, "drop table if exists oauth2_authorized_client");
        new ResourceDatabasePopulator(
                        new ClassPathResource("org/springframework/security/oauth2/client/oauth2-client-schema"
                                + (h2 ? "" : "-postgres") + ".sql"))
                .execute(pool);
    }

    @Override
    public void store(String user, String access, String refresh, Instant expires) {
        Instant issued = expires.minusSeconds(86_400);
        service.saveAuthorizedClient(
                new OAuth2AuthorizedClient(
                        registration,
                        user,
                        new OAuth2AccessToken(
                                OAuth2AccessToken.TokenType.BEARER, access, issued, expires, Set.of("notes.read")),
                        new OAuth2RefreshToken(refresh, issued)),
                principal(user));
    }

    static Authentication principal(String user) {
        return UsernamePasswordAuthenticationToken.authenticated(user, null, Set.of());
    }

    @Override
    public String token(String user) {
        return token(principal(user));
    }

    String token(Authentication principal) {
        @Nullable
        OAuth2AuthorizedClient client = manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(REGISTRATION)
                .principal(principal)
                .build());
        if (client == null) {
            throw new IllegalStateException("not authorized");
        }
        return client.getAccessToken().getTokenValue();
    }
}
