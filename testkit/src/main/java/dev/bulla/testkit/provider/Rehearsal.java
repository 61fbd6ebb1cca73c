package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.testkit.provider.Transcript.Answer;
import dev.bulla.testkit.provider.Transcript.Exchange;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Lets a provider speak one transcript and compares both sides. */
final class Rehearsal {
    /** What the service calls its failures stands in these answers as the protocol says; elsewhere only the kind of a failure counts. */
    private static final Set<String> NAMED_BY_PROTOCOL = Set.of("exchange", "refresh");

    private final Stage stage;
    private final Transcript transcript;
    private final Expected expected;
    private final ProviderContract wishes;
    private final String set;

    Rehearsal(Stage stage, Transcript transcript, ProviderContract wishes) {
        this.stage = stage.with(transcript);
        this.transcript = transcript.with(this.stage.values());
        this.expected = Set.of("form", "tools", "things").contains(this.transcript.step())
                ? new Expected(Asked.NOTHING.json(), stage.values())
                : this.transcript.expected();
        this.wishes = wishes;
        this.set = wishes.set(transcript.name());
    }

    Stage stage() {
        return stage;
    }

    Transcript transcript() {
        return transcript;
    }

    Expected expected() {
        return expected;
    }

    ProviderContract wishes() {
        return wishes;
    }

    /** The token set that the transcript speaks of. */
    String set() {
        return set;
    }

    void run() {
        switch (transcript.step()) {
            case "form" -> fillIn();
            case "authorize" -> authorize();
            case "callback" -> new CallbackStep(this).run();
            case "api" -> new ApiStep(this).run();
            case "tools" -> new ToolSteps(this).run();
            case "things" -> new ThingSteps(this).run();
            case "list" -> {
                if (stage.provider().selection().isPresent()) {
                    run(transcript.exchanges());
                } else {
                    new ApiStep(this).run();
                }
            }
            default -> run(transcript.exchanges());
        }
    }

    /** With another answer to its only request. */
    void run(Answer answer) {
        run(List.of(new Exchange(transcript.asked(), answer)));
    }

    private void run(List<Exchange> exchanges) {
        try (Vendor vendor = stage.vendor(exchanges)) {
            switch (transcript.step()) {
                case "exchange" -> new TokenSteps(this, vendor).exchange();
                case "upgrade" -> new TokenSteps(this, vendor).upgrade();
                case "refresh" -> new TokenSteps(this, vendor).refresh();
                case "mint" -> new TokenSteps(this, vendor).mint();
                case "identity" -> new KeySteps(this, vendor).identify();
                case "verify" -> new KeySteps(this, vendor).verify();
                case "revoke" -> new TokenSteps(this, vendor).revoke();
                case "list" -> new ChoiceSteps(this, vendor).list();
                case "choose" -> new ChoiceSteps(this, vendor).choose();
                default -> throw new AssertionError("unknown step " + transcript.step());
            }
            compare(vendor);
        }
    }

    /** Whatever was sent is one of the documented requests, and each of these was sent, once. */
    private void compare(Vendor vendor) {
        assertThat(vendor.unasked())
                .as("documented requests that were not sent")
                .extracting(one -> one.asked().method() + " " + one.asked().url())
                .isEmpty();
        assertThat(vendor.turns()).as("something is sent").isNotEmpty();
        List<Exchange> seen = new ArrayList<>();
        for (Vendor.Turn turn : vendor.turns()) {
            Exchange documented = turn.exchange().orElse(null);
            if (documented == null || (seen.contains(documented) && mayGoOn())) {
                continue;
            }
            assertThat(seen).as("requests that were sent before").doesNotContain(documented);
            seen.add(documented);
            new RequestCheck(documented.asked(), stage).check(turn.sent(), turn.arrived());
        }
    }

    /** A revocation ends further tokens of the account in the same way, and an exchange may lead to an upgrade. */
    private boolean mayGoOn() {
        return Set.of("revoke", "exchange").contains(transcript.step());
    }

    private void authorize() {
        URI uri = stage.authorizationUri(requested(), transcript.name().contains("reconsent"));
        new RequestCheck(transcript.asked(), stage).checkAddress(uri);
    }

    /** What people type becomes what is kept, or is refused by the name of its field. */
    private void fillIn() {
        KeyForm form = stage.provider().form().orElseThrow();
        transcript.fields().stream()
                .filter(field -> field.of().equals("member"))
                .forEach(field -> assertThat(form.fields())
                        .as("fields of the form")
                        .anySatisfy(one -> {
                            assertThat(one.name()).isEqualTo(field.name());
                            assertThat(one.secret()).as("secret").isEqualTo(field.secret());
                            assertThat(one.required()).as("required").isEqualTo(field.required());
                        }));
        for (Transcript.Case one : transcript.cases()) {
            KeyForm.Filled filled = form.fill(one.typed(), stage.provider());
            assertThat(filled.refused()).as(one.why()).containsExactlyInAnyOrderElementsOf(one.refused());
            one.kept()
                    .forEach((name, value) -> Kept.assertSame(
                            one.why(), value, Optional.ofNullable(filled.kept().get(name))));
            if (one.refused().isEmpty()) {
                Set<String> kept = new HashSet<>(filled.kept().keySet());
                form.fields().stream()
                        .filter(field -> !field.input().preset().isEmpty())
                        .map(Field::name)
                        .filter(name -> !one.kept().containsKey(name))
                        .forEach(kept::remove);
                assertThat(kept).as(one.why()).isEqualTo(one.kept().keySet());
            }
        }
    }

    /** The step fails as documented: the kind of the failure counts, where the documentation leaves none open. */
    ProviderException expectFailure(ThrowingCallable step) {
        Throwable thrown = catchThrowable(step);
        assertThat(thrown).isInstanceOf(ProviderException.class);
        ProviderException failure = (ProviderException) thrown;
        String kind = expected.text("class");
        if (kind != null && !mayBeRepeated(kind, failure)) {
            assertThat(failure.kind().name().toLowerCase(Locale.ROOT)).isEqualTo(kind);
        }
        String error = expected.text("error");
        if (error != null && NAMED_BY_PROTOCOL.contains(transcript.step())) {
            assertThat(failure.error()).isEqualTo(error);
        }
        Long wait = expected.seconds("retryAfter");
        if (wait != null && NAMED_BY_PROTOCOL.contains(transcript.step())) {
            assertThat(failure.retryAfter()).as("retry after").contains(Duration.ofSeconds(wait));
        }
        Values.canaries().forEach(secret -> assertThat(failure).hasMessageNotContaining(secret));
        return failure;
    }

    /** Trouble of the service leaves the outcome open. That loses nothing but where a refresh token is redeemed that rotates. */
    private boolean mayBeRepeated(String kind, ProviderException failure) {
        boolean redeems = transcript.step().equals("refresh")
                && stage.redeems()
                && stage.provider().refresher().orElseThrow().reuse().kind() != ReuseRule.Kind.SAFE;
        return kind.equals("transient")
                && failure.kind() == Kind.OUTCOME_UNKNOWN
                && failure.status() >= 500
                && !redeems;
    }

    /** What an owner chose, as far as the transcript tells. */
    List<String> requested() {
        Optional<List<String>> said = transcript.inputs("requested");
        if (said.isPresent()) {
            return named(set, said.get());
        }
        if (expected.sets().isEmpty()) {
            return named(set, Optional.ofNullable(expected.scopes()).orElse(List.of()));
        }
        List<String> all = new ArrayList<>();
        for (Map.Entry<String, Expected> one : expected.sets().entrySet()) {
            all.addAll(named(
                    one.getKey(), Optional.ofNullable(one.getValue().scopes()).orElse(List.of())));
        }
        return all;
    }

    List<String> named(String name, List<String> scopes) {
        return scopes.stream().map(wire -> wishes.scope(name, wire)).toList();
    }
}
