package dev.bulla.providers.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.provider.App;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.KeyForm.Filled;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import dev.bulla.testkit.provider.ProviderContract;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailchimpKeyTest extends ProviderContract {
    private static final String KEY = "0123456789abcdef0123456789abcdef-us21";

    private final List<HttpCall> sent = new ArrayList<>();

    @Override
    protected Provider provider() {
        return Mailchimp.create().in(Mode.FORM);
    }

    @Override
    protected Map<String, String> form() {
        return Map.of(Mailchimp.API_KEY, KEY, "apiKey", KEY, "dc", "us21");
    }

    @Override
    protected Map<String, String> instance() {
        return Map.of("dc", "us21");
    }

    @Override
    protected Map<String, String> leftOut() {
        Map<String, String> leftOut = new HashMap<>();
        List.of(
                        "api-dead-token",
                        "api-no-credential",
                        "api-oauth",
                        "api-ratelimited",
                        "api-role-too-small",
                        "authorize-plain",
                        "exchange-plain",
                        "exchange-server-error",
                        "exchange-token-only",
                        "exchange-used-code",
                        "exchange-wrong-secret",
                        "identity-dead-token",
                        "identity-metadata",
                        "identity-metadata-short",
                        "identity-oauth-root")
                .forEach(name -> leftOut.put(name, "OAuth has a test of its own"));
        List.of("verify-key", "verify-key-refused", "verify-key-unavailable")
                .forEach(name -> leftOut.put(name, "the root of the API answers like ping, and names the account too"));
        return leftOut;
    }

    private Map<String, Secret> filled() {
        Filled filled = provider().form().orElseThrow().fill(Map.of(Mailchimp.API_KEY, " " + KEY), provider());
        assertThat(filled.refused()).isEmpty();
        return filled.kept();
    }

    private ProviderCall answering(int status, String body) {
        return new ProviderCall(
                call -> {
                    sent.add(call);
                    return new HttpAnswer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
                },
                Clock.systemUTC(),
                new App("", null, URI.create("https://app.example.com"), Map.of()));
    }

    @Test
    void dataCentreIsReadFromTheKey() {
        assertThat(filled().get(Mailchimp.DATA_CENTRE).reveal()).isEqualTo("us21");
        provider()
                .form()
                .orElseThrow()
                .verifier()
                .verify(filled(), answering(200, "{\"account_id\":\"1\",\"account_name\":\"One\"}"));
        assertThat(sent.get(0).uri()).hasToString("https://us21.api.mailchimp.com/3.0/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0123456789abcdef0123456789abcdef", "0123-us", "0123-eu1", "0123-us21.evil.example", "-us2"})
    void keyWithoutItsEndingIsRefused(String typed) {
        Filled filled = provider().form().orElseThrow().fill(Map.of(Mailchimp.API_KEY, typed), provider());
        assertThat(filled.refused()).containsExactly(Mailchimp.API_KEY);
    }

    @ParameterizedTest
    @CsvSource({"401,TERMINAL", "429,TRANSIENT", "500,TRANSIENT"})
    void deadKeyIsToldFromABusyService(int status, Kind kind) {
        String body = "{\"title\":\"API Key Invalid\",\"status\":" + status + "}";
        assertThatThrownBy(() -> provider().form().orElseThrow().verifier().verify(filled(), answering(status, body)))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
