package dev.bulla.providers.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.provider.App;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.Secret;
import dev.bulla.testkit.provider.ProviderContract;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SendGridTest extends ProviderContract {
    @Override
    protected Provider provider() {
        return SendGrid.create();
    }

    @Override
    protected Map<String, String> form() {
        return Map.of(SendGrid.API_KEY, "SG.AAAAAAAAAAAAAAAAAAAAAA.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
    }

    @Override
    protected Map<String, String> leftOut() {
        String mine = "a key that somebody made and typed is theirs to end: other programs may use it";
        return Map.of(
                "revoke-already-dead", mine,
                "revoke-eu", mine,
                "revoke-good", mine,
                "revoke-right-missing", mine,
                "revoke-unknown-id", mine);
    }

    /** Most accounts belong to no region. */
    @Override
    protected Map<String, String> instance() {
        return Map.of();
    }

    @Test
    void keyMayBelongToTheHost() {
        assertThat(provider().modes()).containsExactly(Mode.FORM, Mode.HOST_CREDENTIAL);
    }

    @Test
    void messageAboutADeadKeyMayGoOn() {
        String body =
                "{\"errors\":[{\"message\":\"The provided authorization grant is invalid, expired, or revoked.\"}]}";
        ProviderHttp http = request -> new HttpAnswer(401, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        ProviderCall call = new ProviderCall(
                http, Clock.systemUTC(), new App("", null, URI.create("https://app.example.com"), Map.of()));
        Map<String, Secret> values = Map.of(SendGrid.API_KEY, Secret.of("SG.id.secret"));

        assertThatThrownBy(() -> provider().form().orElseThrow().verifier().verify(values, call))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.TERMINAL));
    }
}
