package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.ErrorReader;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A rehearsal fails where it should: each deviation from a transcript is noticed. */
class RehearsalTest {
    private static final Map<String, String> FORM = Map.of("apiKey", "key-canary-1", "privateKey", "{pem_alone}");

    private static Provider sample(String tokenUrl, UnaryOperator<OAuth2Spec.Builder> change) {
        OAuth2Spec spec = change.apply(OAuth2Spec.builder("https://id.example.com/authorize", tokenUrl)
                        .identity("https://id.example.com/me", "id", "name")
                        .errorReader(ErrorReader.byCode(Map.of("grant_is_gone", Kind.TERMINAL))))
                .build();
        return Provider.builder("sample", "Sample")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("https://id.example.com"))
                .build();
    }

    private static void rehearse(String name, UnaryOperator<OAuth2Spec.Builder> change) {
        rehearse(name, sample("https://id.example.com/token", change));
    }

    static void rehearse(String name, Provider provider) {
        Transcript transcript = Transcript.in("transcripts/sample", RehearsalTest.class.getClassLoader()).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        new Rehearsal(Stage.of(provider, Map.of(), FORM), transcript, new ProviderContract() {
                    @Override
                    protected Provider provider() {
                        return provider;
                    }
                })
                .run();
    }

    private static void assertNoticed(String name, UnaryOperator<OAuth2Spec.Builder> change) {
        assertThatThrownBy(() -> rehearse(name, change)).isInstanceOf(AssertionError.class);
    }

    @Test
    void faithfulProviderPasses() {
        for (String name : new String[] {"authorize", "exchange", "refresh-refused"}) {
            assertThatCode(() -> rehearse(name, spec -> spec)).doesNotThrowAnyException();
        }
    }

    @Test
    void otherAddressIsNoticed() {
        assertThatThrownBy(() -> rehearse("exchange", sample("https://id.example.com/tokens", spec -> spec)))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> rehearse("exchange", sample("https://ip.example.com/token", spec -> spec)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void otherProofOfTheClientIsNoticed() {
        assertNoticed("exchange", spec -> spec.clientAuthentication(ClientAuthentication.BASIC));
    }

    @Test
    void missingParameterIsNoticed() {
        assertNoticed("exchange", OAuth2Spec.Builder::pkceBreaksService);
    }

    @Test
    void otherSeparatorIsNoticed() {
        assertNoticed("authorize", spec -> spec.scopes("scope", ","));
    }

    @Test
    void parameterThatMustBeAbsentIsNoticed() {
        assertNoticed("authorize", spec -> spec.authorizeParameter("prompt", "consent"));
    }

    @Test
    void refusalThatIsReadAnotherWayIsNoticed() {
        assertNoticed("refresh-refused", spec -> spec.errorReader((status, answer) -> null));
    }

    @Test
    void lostScopesAreNoticed() {
        assertNoticed(
                "exchange",
                spec -> spec.tokenReader((answer, standard) ->
                        Tokens.of(TokenSet.of(standard.apply(answer).accessToken()))));
    }
}
