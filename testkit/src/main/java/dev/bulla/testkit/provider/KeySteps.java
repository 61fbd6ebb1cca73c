package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Tokens;
import java.util.List;
import java.util.Optional;

/** Steps that ask whose account it is, or whether a key works. */
final class KeySteps {
    private final Rehearsal rehearsal;
    private final Vendor vendor;
    private final Stage stage;
    private final Expected expected;

    KeySteps(Rehearsal rehearsal, Vendor vendor) {
        this.rehearsal = rehearsal;
        this.vendor = vendor;
        this.stage = rehearsal.stage();
        this.expected = rehearsal.expected();
    }

    /** Without OAuth the question about a key tells whose it is. Where nobody is named, the question fails. */
    void identify() {
        if (stage.provider().flow().isEmpty()) {
            verify();
            return;
        }
        Tokens tokens = Stage.tokens(rehearsal.set(), false, null)
                .keeping(rehearsal.wishes().kept(rehearsal.transcript().name()));
        if (expected.isFailure() || expected.text("subject") == null) {
            rehearsal.expectFailure(() -> stage.flow().identify(tokens, stage.call(vendor)));
            return;
        }
        Identity identity = stage.flow().identify(tokens, stage.call(vendor));
        assertThat(identity.subject()).isEqualTo(expected.text("subject"));
        assertThat(identity.displayName()).isEqualTo(expected.text("displayName"));
        expected.extra()
                .forEach((name, value) -> assertThat(identity.attributes().entrySet())
                        .as(name + " is kept")
                        .anyMatch(one ->
                                Kept.alike(name, one.getKey()) && one.getValue().equals(value)));
    }

    /** A key that the service does not refuse, but can not confirm for now, stays unverified, or the form is not taken at all. */
    void verify() {
        boolean mayBeGood = "misconfigured".equals(expected.text("class"));
        if (expected.text("class") != null && !mayBeGood) {
            rehearsal.expectFailure(() -> stage.verify(vendor));
            return;
        }
        if (mayBeGood) {
            expectUnverified();
            return;
        }
        Verification verification = stage.verify(vendor);
        assertThat(verification.verified()).isEqualTo(expected.verified().orElse(true));
        checkIdentity(verification.identity());
        assertThat(verification.scopes())
                .containsExactlyElementsOf(
                        Optional.ofNullable(expected.scopes()).orElse(List.of()));
    }

    private void expectUnverified() {
        Throwable thrown = catchThrowable(
                () -> assertThat(stage.verify(vendor).verified()).as("verified").isFalse());
        if (thrown instanceof ProviderException failure) {
            assertThat(failure.kind()).isEqualTo(Kind.MISCONFIGURED);
        } else if (thrown instanceof Error error) {
            throw error;
        } else {
            assertThat(thrown).isNull();
        }
    }

    private void checkIdentity(Identity identity) {
        assertThat(identity.subject()).isNotBlank();
        Optional.ofNullable(expected.text("subject"))
                .ifPresent(subject -> assertThat(identity.subject()).isEqualTo(subject));
        Optional.ofNullable(expected.text("displayName"))
                .ifPresent(name -> assertThat(identity.displayName()).isEqualTo(name));
        expected.extra()
                .forEach((name, value) -> identity.attributes().entrySet().stream()
                        .filter(one -> Kept.alike(name, one.getKey()))
                        .forEach(one -> assertThat(one.getValue()).as(name).isEqualTo(value)));
    }
}
