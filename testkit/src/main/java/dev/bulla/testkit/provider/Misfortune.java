package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Tokens;
import dev.bulla.testkit.provider.Transcript.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Services that answer nonsense, or are out of order: what a provider makes of it must be told apart, and may end no grant. */
final class Misfortune {
    private static final List<String> GARBAGE = List.of(
            "",
            "null",
            "[]",
            "{",
            "<html>sign in</html>",
            "{}",
            "{\"access_token\":\"\"}",
            "{\"access_token\":null}",
            "{\"access_token\":17}",
            "{\"access_token\":\"a b\"}",
            "{\"access_token\":\"a\\r\\nX: y\"}",
            "{\"access_token\":\"one\",\"access_token\":\"two\"}",
            "{\"access_token\":{\"a\":1}}");

    private final Stage stage;
    private final String set;
    private final List<String> scopes;

    /** @param set the token set that is refreshed */
    Misfortune(Stage stage, String set, List<String> scopes) {
        this.stage = stage;
        this.set = set;
        this.scopes = scopes;
    }

    private boolean redeemsCodes() {
        return stage.provider().flow().isPresent();
    }

    private boolean refreshes() {
        return redeemsCodes() && stage.provider().refresher().isPresent();
    }

    private Tokens old() {
        return Stage.tokens(set, stage.redeems(), null);
    }

    void garbage() {
        for (String body : GARBAGE) {
            Answer answer = new Answer(200, Map.of(), body);
            if (redeemsCodes()) {
                assertUnknown(answer, vendor -> stage.complete(scopes, vendor));
            }
            if (refreshes()) {
                assertUnknown(answer, vendor -> stage.refresh(old(), vendor));
            }
        }
        asked().ifPresent(typed -> assertTyped(new Answer(200, Map.of(), "<html>"), vendor -> typed.verify(vendor)));
    }

    void trouble() {
        for (int status : List.of(429, 500, 502, 503, 504)) {
            Answer answer = new Answer(status, Map.of("Retry-After", "7"), "<html>" + Values.ACCESS + "</html>");
            if (refreshes()) {
                assertAlive(assertTyped(answer, vendor -> stage.refresh(old(), vendor)));
            }
            asked().ifPresent(typed -> assertAlive(assertTyped(answer, vendor -> typed.verify(vendor))));
        }
    }

    /** A form whose values nobody can be asked about. */
    void silence() {
        stage.byForm().filter(typed -> !asks(typed.provider())).ifPresent(typed -> {
            try (Vendor vendor = typed.vendor(new Answer(200, Map.of(), "{}"))) {
                assertThat(typed.verify(vendor).verified()).isFalse();
                assertThat(vendor.turns()).isEmpty();
            }
        });
    }

    /** The provider by its form, where the service is asked about the values. */
    private Optional<Stage> asked() {
        return stage.byForm().filter(typed -> asks(typed.provider()));
    }

    private static boolean asks(Provider provider) {
        return provider.form().orElseThrow().verifier().url().isPresent();
    }

    /** Whoever sent something and got no sense back does not know what has become of it: the grant is not declared dead. */
    private void assertUnknown(Answer answer, Consumer<Vendor> step) {
        assertThat(assertTyped(answer, step).kind()).as(answer.body()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    private ProviderException assertTyped(Answer answer, Consumer<Vendor> step) {
        try (Vendor vendor = stage.vendor(answer)) {
            Throwable thrown = catchThrowable(() -> step.accept(vendor));
            assertThat(thrown).as(answer.status() + " " + answer.body()).isInstanceOf(ProviderException.class);
            Values.canaries().forEach(secret -> assertThat(thrown).hasMessageNotContaining(secret));
            return (ProviderException) thrown;
        }
    }

    private static void assertAlive(ProviderException thrown) {
        assertThat(thrown.kind()).isIn(Kind.TRANSIENT, Kind.OUTCOME_UNKNOWN);
        assertThat(thrown).hasMessageNotContaining("<html>");
    }
}
