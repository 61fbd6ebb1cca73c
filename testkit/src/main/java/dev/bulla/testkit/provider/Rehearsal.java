package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.testkit.provider.Transcript.Answer;
import dev.bulla.testkit.provider.Transcript.Expected;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Lets a provider speak one transcript and compares both sides. */
final class Rehearsal {
    private final Stage stage;
    private final Transcript transcript;
    private final Expected expected;
    private final String set;
    private final BinaryOperator<String> scope;

    Rehearsal(Stage stage, Transcript transcript, String set, BinaryOperator<String> scope) {
        this.stage = stage;
        this.transcript = transcript;
        this.expected = transcript.expected();
        this.set = set;
        this.scope = scope;
    }

    void run() {
        run(transcript.answer());
    }

    void run(Answer answer) {
        if (transcript.step().equals("authorize")) {
            authorize();
            return;
        }
        try (Vendor vendor = stage.vendor(answer)) {
            switch (transcript.step()) {
                case "exchange" -> expectTokens(vendor, () -> stage.complete(requested(), vendor));
                case "refresh" ->
                    expectTokens(vendor, () -> stage.refresh(Stage.tokens(set, true, requested()), vendor));
                case "identity" -> identify(vendor);
                case "revoke" -> revoke(vendor);
                case "verify" -> verify(vendor);
                case "api" -> callApi(vendor, answer);
                default -> throw new AssertionError("unknown step " + transcript.step());
            }
            assertThat(vendor.calls()).as("something is sent").isNotEmpty();
            new RequestCheck(transcript)
                    .check(vendor.calls().get(0), vendor.received().get(0));
        }
    }

    private void authorize() {
        URI uri = stage.authorizationUri(requested(), transcript.name().contains("reconsent"));
        new RequestCheck(transcript).checkAddress(uri);
    }

    private void expectTokens(Vendor vendor, Supplier<Tokens> step) {
        if (expected.isFailure()) {
            expectFailure(step::get);
            return;
        }
        Tokens tokens = step.get();
        if (expected.sets().isEmpty()) {
            check(set, expected, tokens.main());
        } else {
            Map<String, Expected> documented = expected.sets();
            assertThat(tokens.sets().keySet()).containsExactlyElementsOf(documented.keySet());
            tokens.sets()
                    .forEach((name, tokenSet) ->
                            Optional.ofNullable(documented.get(name)).ifPresent(one -> check(name, one, tokenSet)));
        }
        assertThat(vendor.calls()).as("one request").hasSize(1);
    }

    private void check(String name, Expected one, TokenSet tokens) {
        assertThat(tokens.accessToken().reveal()).isEqualTo(one.text("accessToken"));
        assertThat(Optional.ofNullable(tokens.refreshToken())
                        .map(Secret::reveal)
                        .orElse(null))
                .as("refresh token")
                .isEqualTo(one.text("refreshToken"));
        assertThat(tokens.expiresAt()).as("expiry").isEqualTo(at(one.seconds("expiresIn")));
        assertThat(tokens.refreshExpiresAt())
                .as("expiry of the refresh token")
                .isEqualTo(at(one.seconds("refreshExpiresIn")));
        List<String> scopes = Optional.ofNullable(one.scopes()).orElse(List.of());
        assertThat(Optional.ofNullable(tokens.scopes()).orElse(List.of()))
                .as("scopes")
                .containsExactlyElementsOf(named(name, scopes));
    }

    private static @Nullable Instant at(@Nullable Long seconds) {
        return seconds == null ? null : Stage.NOW.plus(Duration.ofSeconds(seconds));
    }

    private void identify(Vendor vendor) {
        Tokens tokens = Stage.tokens(set, false, null);
        if (expected.isFailure()) {
            expectFailure(() -> stage.flow().identify(tokens, stage.call(vendor)));
            return;
        }
        Identity identity = stage.flow().identify(tokens, stage.call(vendor));
        assertThat(identity.subject()).isEqualTo(expected.text("subject"));
        assertThat(identity.displayName()).isEqualTo(expected.text("displayName"));
    }

    /** Where the documentation leaves open what an error means, a token that has ended counts as revoked. */
    private void revoke(Vendor vendor) {
        Tokens tokens = Stage.tokens(set, transcript.sends(Values.REFRESH), null);
        if (expected.text("class") != null) {
            expectFailure(() -> stage.revoke(tokens, vendor));
        } else {
            stage.revoke(tokens, vendor);
        }
    }

    private void verify(Vendor vendor) {
        if (expected.isFailure()) {
            expectFailure(() -> stage.verify(vendor));
            return;
        }
        KeyForm.Verification verification = stage.verify(vendor);
        assertThat(verification.verified()).isEqualTo(expected.verified().orElse(true));
        assertThat(verification.identity().subject()).isNotBlank();
        assertThat(verification.scopes())
                .containsExactlyElementsOf(
                        Optional.ofNullable(expected.scopes()).orElse(List.of()));
    }

    /** The host's own calls: the credential goes to the documented address in the documented way, and the answer comes back as it is. */
    private void callApi(Vendor vendor, Answer answer) {
        ApiAccess api = stage.provider().api();
        assertThat(api.allows(transcript.url(), stage.instance()))
                .as("a host of the API")
                .isTrue();
        String credential = stage.provider()
                .form()
                .map(form -> stage.form().get(form.secretField()))
                .orElse(Values.ACCESS);
        HttpCall call = HttpCall.of(
                        Purpose.API,
                        transcript.method(),
                        transcript.url(),
                        transcript.method().equals("GET") ? null : new byte[0])
                .header("Accept", "application/json");
        assertThat(vendor.send(api.prepare(call, stage.credential(credential))).status())
                .isEqualTo(answer.status());
    }

    private void expectFailure(ThrowingCallable step) {
        Throwable thrown = catchThrowable(step);
        assertThat(thrown).isInstanceOf(ProviderException.class);
        ProviderException failure = (ProviderException) thrown;
        String kind = expected.text("class");
        if (kind != null) {
            assertThat(failure.kind().name().toLowerCase(Locale.ROOT)).isEqualTo(kind);
        }
        String error = expected.text("error");
        if (error != null) {
            assertThat(failure.error()).isEqualTo(error);
        }
        Values.canaries().forEach(secret -> assertThat(failure).hasMessageNotContaining(secret));
    }

    /** What an owner chose, as far as the transcript tells. */
    private List<String> requested() {
        if (expected.sets().isEmpty()) {
            return named(set, Optional.ofNullable(expected.scopes()).orElse(List.of()));
        }
        List<String> all = new ArrayList<>();
        expected.sets()
                .forEach((name, one) ->
                        all.addAll(named(name, Optional.ofNullable(one.scopes()).orElse(List.of()))));
        return all;
    }

    private List<String> named(String name, List<String> scopes) {
        return scopes.stream().map(wire -> scope.apply(name, wire)).toList();
    }
}
