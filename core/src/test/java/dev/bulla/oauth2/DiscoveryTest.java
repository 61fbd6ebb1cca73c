package dev.bulla.oauth2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulla.http.RawServer;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {
    private String more = "";
    private String issuer = "";
    private final Talk talk = Talk.with((request, out, socket) -> {
        out.write(RawServer.json("200 OK", document()));
        socket.close();
    });

    @AfterEach
    void close() {
        talk.close();
    }

    private String document() {
        return "{\"issuer\":\"" + issuer + "\"" + more + "}";
    }

    private static final String ENDPOINTS = ",\"authorization_endpoint\":\"https://as.example/authorize?x=1\","
            + "\"token_endpoint\":\"https://as.example/token\",\"jwks_uri\":\"https://as.example/keys\"";

    private OAuth2Spec openId(String path) {
        return Discovery.openIdConnect(talk.server.url(path), talk.call().http())
                .build();
    }

    @Test
    void openIdConnectMetadataMakesASpec() {
        issuer = talk.server.url("/realm");
        more = ENDPOINTS
                + ",\"userinfo_endpoint\":\"https://as.example/me\",\"revocation_endpoint\":\"https://as.example/revoke\","
                + "\"token_endpoint_auth_methods_supported\":[\"private_key_jwt\",\"client_secret_post\"],"
                + "\"id_token_signing_alg_values_supported\":[\"none\",\"HS256\",\"ES256\",\"RS256\"],"
                + "\"authorization_response_iss_parameter_supported\":true";
        OAuth2Spec spec = openId("/realm");

        assertThat(talk.request().target()).isEqualTo("/realm/.well-known/openid-configuration");
        assertThat(spec.tokenUrl()).hasToString("https://as.example/token");
        assertThat(spec.authorizeUrl()).hasToString("https://as.example/authorize?x=1");
        assertThat(spec.jwksUrl().orElseThrow()).hasToString("https://as.example/keys");
        assertThat(spec.issuer()).contains(issuer);
        assertThat(spec.issuerInResponse()).isTrue();
        assertThat(spec.clientAuthentication()).isEqualTo(ClientAuthentication.POST);
        assertThat(spec.idTokenAlgorithms()).containsExactly("ES256", "RS256");
        assertThat(spec.identity().orElseThrow().subject()).containsExactly("sub");
        assertThat(spec.revocation().orElseThrow().url()).hasToString("https://as.example/revoke");
        assertThat(AuthorizationCodeFlow.of(spec)).isNotNull();
    }

    @Test
    void whatIsNotSaidHasTheDefaultsOfTheStandard() {
        issuer = talk.server.url("/");
        more = ENDPOINTS;
        OAuth2Spec spec = openId("/");
        assertThat(talk.request().target()).isEqualTo("/.well-known/openid-configuration");
        assertThat(spec.clientAuthentication()).isEqualTo(ClientAuthentication.BASIC);
        assertThat(spec.idTokenAlgorithms()).containsExactly("RS256");
        assertThat(spec.issuerInResponse()).isFalse();
        assertThat(spec.revocation()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/realm,/.well-known/oauth-authorization-server/realm", "'',/.well-known/oauth-authorization-server"})
    void authorizationServerMetadataStandsBesideThePath(String path, String target) {
        issuer = talk.server.url(path);
        more = ENDPOINTS;
        OAuth2Spec spec =
                Discovery.authorizationServer(issuer, talk.call().http()).build();
        assertThat(talk.request().target()).isEqualTo(target);
        assertThat(spec.jwksUrl()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://other.example", "", "/", "?", "HTTP"})
    void theIssuerMustBeTheOneThatWasAsked(String suffix) {
        issuer = suffix.startsWith("https")
                ? suffix
                : suffix.equals("HTTP")
                        ? talk.server.url("/realm").toUpperCase(java.util.Locale.ROOT)
                        : talk.server.url("/realm") + suffix + "x";
        more = ENDPOINTS;
        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://as.example/t",
                "javascript:alert(1)",
                "file:///etc/passwd",
                "https://user@as.example/t",
                "https://as.example/t#x",
                "/token",
                "https://{shop}.example/t",
                "https:///t",
                "calc.exe",
                "https://as.example/t t",
                ""
            })
    void anEndpointIsAnAddress(String address) {
        issuer = talk.server.url("/realm");
        for (String name : new String[] {
            "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "revocation_endpoint"
        }) {
            more = name.equals("userinfo_endpoint") || name.equals("revocation_endpoint")
                    ? ENDPOINTS + ",\"" + name + "\":\"" + address + "\""
                    : ENDPOINTS.replaceFirst(
                            "\"" + name + "\":\"[^\"]*\"",
                            "\"" + name + "\":\"" + java.util.regex.Matcher.quoteReplacement(address) + "\"");
            assertRefused();
        }
    }

    @Test
    void whatIsNeededMustBeThere() {
        issuer = talk.server.url("/realm");
        for (String name : new String[] {"authorization_endpoint", "token_endpoint", "jwks_uri"}) {
            more = ENDPOINTS.replace("\"" + name + "\"", "\"other_" + name + "\"");
            assertRefused();
        }
        more = ENDPOINTS + ",\"id_token_signing_alg_values_supported\":[\"HS256\",\"none\"]";
        assertRefused();
        more = ENDPOINTS + ",\"token_endpoint_auth_methods_supported\":[\"tls_client_auth\"]";
        assertRefused();
        more = ENDPOINTS + ",\"issuer\":\"https://other.example\"";
        assertRefused();
    }

    private void assertRefused() {
        var failure = catchThrowableOfType(ProviderException.class, () -> openId("/realm"));
        assertThat(failure).as(more).isNotNull();
        assertThat(failure.error()).isEqualTo("metadata_refused");
        assertThat(failure.kind()).isEqualTo(Kind.MISCONFIGURED);
        assertThat(failure).hasNoCause();
    }

    @Test
    void aRedirectIsNotFollowedAndAnOutageIsTransient() {
        try (Talk moved = Talk.answering("302 Found\r\nLocation: " + talk.server.url("/"), "");
                Talk down = Talk.answering("503 Later", "")) {
            assertThat(failure(moved).kind()).isEqualTo(Kind.MISCONFIGURED);
            assertThat(failure(down).kind()).isEqualTo(Kind.TRANSIENT);
        }
        assertThat(talk.server.connections()).isZero();
    }

    private static ProviderException failure(Talk talk) {
        return catchThrowableOfType(
                ProviderException.class,
                () -> Discovery.openIdConnect(
                        talk.server.url("/realm"), talk.call().http()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://as.example?x=1", "https://as.example#x", "not an address", "mailto:x"})
    void anIssuerIsAnAddress(String text) {
        assertThatThrownBy(() -> Discovery.openIdConnect(text, talk.call().http()))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> Discovery.authorizationServer(text, talk.call().http()))
                .isInstanceOf(RuntimeException.class);
        assertThat(talk.server.connections()).isZero();
    }
}
