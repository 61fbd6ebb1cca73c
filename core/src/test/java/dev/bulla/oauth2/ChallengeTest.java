package dev.bulla.oauth2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.HttpAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    private static Optional<Challenge> of(String... headers) {
        return Challenge.of(new HttpAnswer(401, Map.of("www-authenticate", List.of(headers)), new byte[0]));
    }

    @Test
    void parametersAreReadHoweverTheyAreWritten() {
        Challenge challenge =
                of("bearer realm=\"a, b=c\", Error=insufficient_scope ,scope = \"one two\",x=\"say \\\"hi\\\"\"")
                        .orElseThrow();
        assertThat(challenge.parameter("realm")).contains("a, b=c");
        assertThat(challenge.parameter("x")).contains("say \"hi\"");
        assertThat(challenge.scopes()).containsExactly("one", "two");
        assertThat(challenge.asksForMore()).isTrue();
        assertThat(challenge.parameter("resource_metadata")).isEmpty();
    }

    @Test
    void bearerIsFoundAmongOthers() {
        assertThat(of("Basic realm=\"Bearer scope=evil\", Bearer scope=\"mine\", DPoP algs=\"ES256\", scope=\"other\"")
                        .orElseThrow()
                        .scopes())
                .containsExactly("mine");
        assertThat(of("Negotiate", "Bearer", "Bearer scope=\"later\"")
                        .orElseThrow()
                        .scopes())
                .isEmpty();
    }

    @Test
    void parameterThatStandsTwiceCountsForNothing() {
        assertThat(of("Bearer scope=\"a\", scope=\"b\"").orElseThrow().scopes()).isEmpty();
    }

    @Test
    void whatIsNoScopeIsLeftOut() {
        assertThat(of("Bearer scope=\"good b\u00e4d also\u0001 fine good\"")
                        .orElseThrow()
                        .scopes())
                .containsExactly("good", "fine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic realm=\"x\"", "Bearers scope=\"x\"", "realm=\"Bearer\"", "\"Bearer\""})
    void nothingElseIsOne(String header) {
        assertThat(of(header)).isEmpty();
    }

    @Test
    void longHeadersArePassedOver() {
        assertThat(of("Bearer scope=\"" + "a ".repeat(8000) + "\"")).isEmpty();
        assertThat(of("Bearer x=\"" + "\\\"".repeat(4000))).isPresent();
    }
}
