package dev.bulla.providers.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.provider.App;
import dev.bulla.provider.Field;
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
        return Map.of(SendGrid.API_KEY, "SG.key-id-1.key-canary-55aa");
    }

    @Override
    protected Map<String, String> leftOut() {
        return Map.of("verify-scopes-eu", "the EU region is a provider of its own");
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

    @Test
    void keyOfAnotherShapeIsNotTaken() {
        Field field = provider().form().orElseThrow().fields().get(0);

        assertThat(field.secret()).isTrue();
        assertThat(form().get(SendGrid.API_KEY)).matches(field.pattern());
        assertThat("SG.only-one-part").doesNotMatch(field.pattern());
        assertThat("xkeysib-1.2.3").doesNotMatch(field.pattern());
    }
}
