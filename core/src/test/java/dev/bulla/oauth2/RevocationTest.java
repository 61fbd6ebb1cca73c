package dev.bulla.oauth2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulla.http.RawServer;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.RevocationCall.Place;
import dev.bulla.provider.RevocationCall.Which;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.Tokens;
import dev.bulla.provider.UrlTemplate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationTest {
    private static OAuth2Spec.Builder spec(Talk talk) {
        return talk.spec()
                .revocation(
                        RevocationCall.rfc7009(talk.server.url("/revoke"), ClientAuthentication.BASIC, Reach.TOKEN));
    }

    @Test
    void theRefreshTokenGoesFirst() {
        try (Talk talk = Talk.answering("200 OK", "")) {
            TokenRevocation.of(spec(talk).build()).revoke(Talk.old(), talk.call());

            List<String> sent = talk.server.requests().stream()
                    .map(request -> Talk.form(request.body()).get("token"))
                    .toList();
            assertThat(sent).containsExactly("canary-old-refresh", "canary-old-access");
            assertThat(talk.request().headers()).containsKey("authorization");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "404 Not Found|",
                "410 Gone|",
                "400 Bad|{\"error\":\"invalid_token\"}",
                "400 Bad|{\"error\":\"invalid_grant\"}",
                "204 No Content|",
                "200 OK|<html>",
                "200 OK|{\"error\":\"invalid_token\"}"
            })
    void aTokenThatIsNotKnownCountsAsRevoked(String answer) {
        String[] parts = answer.split("\\|", 2);
        byte[] bytes = parts[0].startsWith("204")
                ? "HTTP/1.1 204 No Content\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)
                : RawServer.json(parts[0], parts[1]);
        try (Talk talk = Talk.answering(bytes)) {
            TokenRevocation.of(spec(talk).build()).revoke(Talk.old(), talk.call());
            assertThat(talk.server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401 No,MISCONFIGURED",
        "503 Later,TRANSIENT",
        "500 Oops,OUTCOME_UNKNOWN",
        "302 Found,MISCONFIGURED",
    })
    void aFailureIsThrownAfterEveryTokenWasTried(String status, Kind kind) {
        try (Talk talk = Talk.answering(status, "")) {
            var failure = catchThrowableOfType(
                    ProviderException.class,
                    () -> TokenRevocation.of(spec(talk).build()).revoke(Talk.old(), talk.call()));
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.toString()).doesNotContain("canary");
            assertThat(talk.server.requests()).hasSize(2);
        }
    }

    @Test
    void anAccessTokenThatCanNotBeRevokedEndsWithItsRefreshTokenOnly() {
        try (Talk talk = Talk.with((request, out, socket) -> {
            boolean refresh = Talk.form(request.body()).get("token").contains("refresh");
            out.write(
                    refresh
                            ? RawServer.json("200 OK", "")
                            : RawServer.json("400 No", "{\"error\":\"unsupported_token_type\"}"));
            socket.close();
        })) {
            TokenRevocation revocation = TokenRevocation.of(spec(talk).build());
            revocation.revoke(Talk.old(), talk.call());
            assertThatThrownBy(() -> revocation.revoke(Tokens.of(Talk.set("access-alone", null)), talk.call()))
                    .isInstanceOf(ProviderException.class);
        }
    }

    @Test
    void aServiceMayHaveItsOwnWay() {
        try (Talk talk = Talk.answering("200 OK", "{\"ok\":false,\"why\":\"broken\"}")) {
            var spec = talk.spec()
                    .revocation(new RevocationCall(
                            "DELETE",
                            UrlTemplate.of(talk.server.url("/grant")),
                            ClientAuthentication.BASIC,
                            Place.JSON,
                            "access_token",
                            Reach.GRANT,
                            Which.every()))
                    .errorReader((status, json) ->
                            json.flag("ok").orElse(true) ? null : new ErrorReader.Failure(Kind.TRANSIENT, "broken"))
                    .build();
            TokenRevocation revocation = TokenRevocation.of(spec);
            assertThat(revocation.reach()).isEqualTo(Reach.GRANT);
            var failure = catchThrowableOfType(
                    ProviderException.class, () -> revocation.revoke(Tokens.of(Talk.set("tok", null)), talk.call()));
            assertThat(failure.error()).isEqualTo("broken");
            assertThat(talk.request().method()).isEqualTo("DELETE");
            assertThat(StrictJson.document(talk.request().body().getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                            .text("access_token"))
                    .contains("tok");
        }
    }

    @Test
    void aSpecWithoutRevocationHasNoRevoker() {
        var spec = OAuth2Spec.builder("https://a.example/authorize", "https://a.example/token")
                .build();
        assertThatThrownBy(() -> TokenRevocation.of(spec)).isInstanceOf(IllegalStateException.class);
    }
}
