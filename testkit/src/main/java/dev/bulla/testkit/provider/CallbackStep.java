package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.ProviderCall;
import java.util.Map;

/** A browser that comes back: whether a code in it may be redeemed, apart from what core checks without the provider. */
final class CallbackStep {
    private final Stage stage;
    private final Expected expected;
    private final Map<String, String> query;

    CallbackStep(Rehearsal rehearsal) {
        this.stage = rehearsal.stage();
        this.expected = rehearsal.expected();
        this.query = rehearsal.transcript().asked().query();
    }

    /** A denial names an error and brings no code; core tells which errors it knows. */
    void run() {
        if (expected.text("error") != null) {
            assertThat(query).containsEntry("error", expected.text("error")).doesNotContainKey("code");
            return;
        }
        assertThat(accepted())
                .as("the callback is one of the service")
                .isEqualTo(expected.verified().orElse(true));
    }

    private boolean accepted() {
        ProviderCall call = stage.call(request -> {
            throw new AssertionError("a callback costs no call");
        });
        if (!stage.values().get("state").equals(query.get("state"))) {
            return false;
        }
        String named = query.get("iss");
        String issuer = stage.flow().issuer(call);
        boolean fromIssuer =
                named == null ? !stage.flow().issuerRequired(call) : issuer == null || issuer.equals(named);
        return fromIssuer && stage.flow().accepts(query, call);
    }
}
