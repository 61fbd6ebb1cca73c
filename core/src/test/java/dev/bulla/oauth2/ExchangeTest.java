package dev.bulla.oauth2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulla.http.RawServer;
import dev.bulla.provider.App;
import dev.bulla.provider.Attachment;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.Exchange;
import dev.bulla.provider.IdentityCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuthFlow.Begin;
import dev.bulla.provider.OAuthFlow.Completion;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher.Style;
import dev.bulla.provider.TokenRevoker;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.provider.UrlTemplate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Services without refresh tokens, whose access tokens are exchanged for others. */
class ExchangeTest {
    private static final Completion COMPLETION =
            new Completion(Secret.of("canary-code"), Secret.of("canary-verifier"), "nonce-1", List.of("read"));

    private static Exchange exchange(Talk talk, String method, ClientAuthentication authentication) {
        return new Exchange(
                method, UrlTemplate.of(talk.server.url("/exchange")), "swap_token", "present_token", authentication);
    }

    private static Talk twice(String code, String exchange) {
        return Talk.with((request, out, socket) -> {
            String body = request.target().startsWith("/exchange") ? exchange : code;
            RawServer.closing(RawServer.json("200 OK", body)).serve(request, out, socket);
        });
    }

    @Test
    void shortTokenOfANewConsentIsExchangedAtOnce() {
        try (Talk talk = twice(
                "{\"access_token\":\"short\",\"expires_in\":3600,\"user\":\"7\",\"scope\":\"read\"}",
                "{\"access_token\":\"long\",\"expires_in\":5184000}")) {
            OAuth2Spec spec = talk.spec()
                    .keep("user")
                    .upgrade(exchange(talk, "GET", ClientAuthentication.POST))
                    .build();
            TokenSet tokens = AuthorizationCodeFlow.of(spec)
                    .complete(COMPLETION, talk.call())
                    .main();

            assertThat(tokens.accessToken().reveal()).isEqualTo("long");
            assertThat(tokens.expiresAt()).isEqualTo(Talk.NOW.plus(Duration.ofDays(60)));
            assertThat(tokens.scopes()).containsExactly("read");
            assertThat(tokens.extra()).containsEntry("user", "7");
        }
    }

    @Test
    void exchangeIsSentInTheQueryOrInAForm() {
        try (Talk talk = Talk.answering("200 OK", "{\"access_token\":\"new\"}")) {
            OAuth2Spec spec = talk.spec()
                    .exchange(exchange(talk, "GET", ClientAuthentication.POST))
                    .build();
            Tokens tokens = ExchangeGrant.of(spec).refresh(Talk.old(), talk.call());

            assertThat(tokens.main().accessToken().reveal()).isEqualTo("new");
            assertThat(tokens.main().refreshToken()).isNull();
            assertThat(talk.request().method()).isEqualTo("GET");
            assertThat(talk.request().body()).isEmpty();
            assertThat(Talk.form(URI.create(talk.request().target()).getRawQuery()))
                    .containsOnly(
                            Map.entry("grant_type", "swap_token"),
                            Map.entry("present_token", "canary-old-access"),
                            Map.entry("client_id", "client"),
                            Map.entry("client_secret", "canary-client-secret"));
        }
        try (Talk talk = Talk.answering("200 OK", "{\"access_token\":\"new\"}")) {
            OAuth2Spec spec = talk.spec()
                    .exchange(exchange(talk, "POST", ClientAuthentication.ANONYMOUS))
                    .build();
            ExchangeGrant.of(spec).refresh(Talk.old(), talk.call());

            assertThat(talk.request().target()).isEqualTo("/exchange");
            assertThat(talk.form())
                    .containsOnly(
                            Map.entry("grant_type", "swap_token"), Map.entry("present_token", "canary-old-access"));
        }
    }

    @Test
    void refusedExchangeIsClassifiedAsEveryTokenRequestAndShowsNothing() {
        try (Talk talk = Talk.answering("400 Bad Request", "{\"error\":\"gone\"}")) {
            OAuth2Spec spec = talk.spec()
                    .exchange(exchange(talk, "GET", ClientAuthentication.POST))
                    .errorReader(ErrorReader.byCode(Map.of("gone", Kind.TERMINAL)))
                    .build();
            ProviderException failure = catchThrowableOfType(
                    ProviderException.class, () -> ExchangeGrant.of(spec).refresh(Talk.old(), talk.call()));

            assertThat(failure.kind()).isEqualTo(Kind.TERMINAL);
            assertThat(failure.toString()).doesNotContain("canary");
        }
    }

    @Test
    void exchangeMayBeRepeated() {
        try (Talk talk = Talk.answering("200 OK", "{}")) {
            assertThat(ExchangeGrant.of(talk.spec()
                                    .exchange(exchange(talk, "GET", ClientAuthentication.POST))
                                    .build())
                            .style())
                    .isEqualTo(Style.EXCHANGE_CURRENT);
            assertThatThrownBy(() -> ExchangeGrant.of(talk.spec().build())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void youngTokenIsExchangedOnceItIsOldEnough() {
        try (Talk talk = twice("{\"access_token\":\"short\"}", "{\"access_token\":\"long\",\"expires_in\":5184000}")) {
            Exchange exchange = exchange(talk, "GET", ClientAuthentication.POST);
            OAuth2Spec spec = talk.spec()
                    .upgrade(exchange)
                    .exchange(exchange.from(Duration.ofDays(1)))
                    .build();
            ExchangeGrant grant = ExchangeGrant.of(spec);
            Tokens tokens = AuthorizationCodeFlow.of(spec).complete(COMPLETION, talk.call());

            assertThat(grant.notBefore(tokens)).isEqualTo(Talk.NOW.plus(Duration.ofDays(1)));
            assertThat(grant.notBefore(grant.refresh(tokens, talk.call()).orFrom(tokens)))
                    .isEqualTo(Talk.NOW.plus(Duration.ofDays(1)));
            assertThat(grant.notBefore(Talk.old())).isNull();
        }
    }

    @Test
    void wrappedAnswersAreReadAsPlainOnes() {
        for (String form : List.of("{\"data\":[%s]}", "%s")) {
            String object = "{\"access_token\":\"tok\",\"id\":\"1\",\"rights\":\"read,write\"}";
            try (Talk talk = Talk.answering("200 OK", form.formatted(object))) {
                OAuth2Spec spec =
                        talk.spec().wrappedIn("data").grantedIn("rights").build();
                AuthorizationCodeFlow flow = AuthorizationCodeFlow.of(spec);

                assertThat(flow.complete(COMPLETION, talk.call()).main().scopes())
                        .containsExactly("read", "write");
                assertThat(flow.identify(Talk.old(), talk.call()).subject()).isEqualTo("1");
            }
        }
    }

    @Test
    void refusalOfTheIdentityIsReadAsTheProviderReadsIt() {
        try (Talk talk = Talk.answering("400 Bad Request", "{\"error\":\"gone\"}")) {
            OAuth2Spec spec = talk.spec()
                    .errorReader(ErrorReader.byCode(Map.of("gone", Kind.TERMINAL)))
                    .build();
            assertThat(catchThrowableOfType(
                                    ProviderException.class,
                                    () -> AuthorizationCodeFlow.of(spec).identify(Talk.old(), talk.call()))
                            .kind())
                    .isEqualTo(Kind.TERMINAL);
        }
    }

    @Test
    void everythingMayStandInTheQuery() {
        try (Talk talk = Talk.answering("200 OK", "{\"access_token\":\"tok\"}")) {
            OAuth2Spec spec = talk.spec()
                    .encoding(OAuth2Spec.Encoding.QUERY)
                    .revocation(new RevocationCall(
                            "DELETE",
                            UrlTemplate.of(talk.server.url("/permissions")),
                            ClientAuthentication.ANONYMOUS,
                            RevocationCall.Place.QUERY,
                            "token",
                            TokenRevoker.Reach.GRANT,
                            RevocationCall.Which.access()))
                    .build();
            Tokens tokens = AuthorizationCodeFlow.of(spec).complete(COMPLETION, talk.call());
            assertThat(talk.request().method()).isEqualTo("GET");
            assertThat(talk.request().body()).isEmpty();
            assertThat(Talk.form(URI.create(talk.request().target()).getRawQuery()))
                    .containsEntry("client_secret", "canary-client-secret")
                    .containsEntry("code", "canary-code");

            TokenRevocation.of(spec).revoke(tokens, talk.call());
            assertThat(talk.server.requests()).last().satisfies(one -> {
                assertThat(one.method()).isEqualTo("DELETE");
                assertThat(one.target()).isEqualTo("/permissions?token=tok");
            });
        }
    }

    @Test
    void ownersFieldMayTakeThePlaceOfScopes() {
        try (Talk talk = Talk.answering("200 OK", "{}")) {
            AuthorizationCodeFlow flow = AuthorizationCodeFlow.of(
                    talk.spec().inPlaceOfScopes("config_id", "config").build());
            Begin begin = new Begin(List.of("read"), "state-1", "challenge", "nonce-1", false);
            App app = talk.call().app();
            App configured = new App(app.clientId(), app.clientSecret(), app.redirectUri(), Map.of("config", "7"));

            assertThat(Talk.form(flow.authorizationUri(begin, talk.call()).getRawQuery()))
                    .containsEntry("scope", "read")
                    .doesNotContainKey("config_id");
            ProviderCall call = new ProviderCall(talk.call().http(), talk.call().clock(), configured);
            assertThat(Talk.form(flow.authorizationUri(begin, call).getRawQuery()))
                    .containsEntry("config_id", "7")
                    .doesNotContainKey("scope");
        }
    }

    @Test
    void errorThatIsNoneIsASuccess() {
        ErrorReader reader = (status, answer) ->
                answer.text("error", "code").filter("ok"::equals).isPresent() ? ErrorReader.Failure.NONE : null;
        try (Talk talk = Talk.answering("200 OK", "{\"id\":\"1\",\"error\":{\"code\":\"ok\"}}")) {
            assertThat(AuthorizationCodeFlow.of(talk.spec().errorReader(reader).build())
                            .identify(Talk.old(), talk.call())
                            .subject())
                    .isEqualTo("1");
        }
    }

    @Test
    void headersOfTheServiceGoAlongWithEveryRequestOfTheProtocol() {
        try (Talk talk = Talk.answering("200 OK", "{\"access_token\":\"tok\",\"id\":\"1\"}")) {
            OAuth2Spec spec = talk.spec().header("Api-Version", "2026-01").build();
            AuthorizationCodeFlow flow = AuthorizationCodeFlow.of(spec);
            flow.complete(COMPLETION, talk.call());
            flow.identify(Talk.old(), talk.call());

            assertThat(talk.server.requests())
                    .hasSize(2)
                    .allSatisfy(one -> assertThat(one.headers()).containsEntry("api-version", "2026-01"));
        }
    }

    @Test
    void identityMayBeAQueryAndTheTokenStandWhereTheServiceWantsIt() {
        try (Talk talk = Talk.answering("200 OK", "{\"data\":{\"viewer\":{\"id\":\"u-1\",\"name\":\"Ann\"}}}")) {
            IdentityCall query = new IdentityCall(
                            "GET",
                            UrlTemplate.of(talk.server.url("/graphql")),
                            List.of("data", "viewer", "id"),
                            List.of(List.of("data", "viewer", "name")),
                            Map.of())
                    .posting("{\"query\":\"{viewer{id name}}\"}")
                    .attached(Attachment.scheme("OAuth"));
            assertThat(AuthorizationCodeFlow.of(talk.spec().identity(query).build())
                            .identify(Talk.old(), talk.call())
                            .displayName())
                    .isEqualTo("Ann");
            assertThat(talk.request().body()).isEqualTo("{\"query\":\"{viewer{id name}}\"}");
            assertThat(talk.request().headers())
                    .containsEntry("authorization", "OAuth canary-old-access")
                    .containsEntry("content-type", "application/json");
        }
    }
}
