package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Exchange;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.testkit.provider.Transcript.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Steps that bring tokens, or end them. */
final class TokenSteps {
    private static final Answer SHORT_LIVED = new Answer(
            200,
            Map.of("Content-Type", "application/json"),
            "{\"access_token\":\"" + Values.ACCESS + "\",\"token_type\":\"bearer\"}");

    private final Rehearsal rehearsal;
    private final Vendor vendor;
    private final Stage stage;
    private final Expected expected;

    TokenSteps(Rehearsal rehearsal, Vendor vendor) {
        this.rehearsal = rehearsal;
        this.vendor = vendor;
        this.stage = rehearsal.stage();
        this.expected = rehearsal.expected();
    }

    private Optional<Exchange> spec() {
        return stage.provider().oauth2().flatMap(OAuth2Spec::upgrade);
    }

    /** Where short-lived tokens are upgraded at once, that request is answered with what was just given. */
    void exchange() {
        expectTokens(() -> stage.complete(rehearsal.requested(), vendor), spec().isPresent() ? 1 : 0)
                .ifPresent(this::checkIdentity);
    }

    /** Where the answer to the code says whose tokens they are. Where the provider asks for that, {@code identity} is about it. */
    private void checkIdentity(Tokens tokens) {
        String subject = expected.text("subject");
        if (subject == null) {
            return;
        }
        AtomicBoolean asked = new AtomicBoolean();
        try {
            Identity identity = stage.flow().identify(tokens, stage.call(call -> {
                asked.set(true);
                throw new IllegalStateException("asked for");
            }));
            assertThat(identity.subject()).isEqualTo(subject);
            Optional.ofNullable(expected.text("displayName"))
                    .ifPresent(name -> assertThat(identity.displayName()).isEqualTo(name));
        } catch (RuntimeException e) {
            assertThat(asked).as("fails with " + e + " without asking").isTrue();
        }
    }

    void upgrade() {
        assertThat(spec()).as("an upgrade").isPresent();
        vendor.after(rehearsal.wishes().shortLived().map(SHORT_LIVED::withBody).orElse(SHORT_LIVED));
        expectTokens(() -> stage.complete(rehearsal.requested(), vendor), 1);
    }

    void refresh() {
        Tokens old = Stage.tokens(rehearsal.set(), stage.redeems(), rehearsal.requested());
        expectTokens(() -> stage.refresh(old, vendor), 0);
    }

    void mint() {
        expectTokens(() -> stage.mint(vendor), 0);
    }

    /** A token that has ended counts as revoked, also where the documentation leaves open what an error means. */
    void revoke() {
        boolean redeemable = rehearsal.transcript().exchanges().stream()
                .anyMatch(one -> one.asked().sends(Values.REFRESH));
        Tokens tokens = Stage.tokens(rehearsal.set(), redeemable, null);
        if (expected.text("class") != null && !"terminal".equals(expected.text("class"))) {
            rehearsal.expectFailure(() -> stage.revoke(tokens, vendor));
        } else {
            stage.revoke(tokens, vendor);
        }
    }

    private Optional<Tokens> expectTokens(Supplier<Tokens> step, int more) {
        if (expected.isFailure()) {
            rehearsal.expectFailure(step::get);
            return Optional.empty();
        }
        Tokens tokens = step.get();
        if (expected.sets().isEmpty()) {
            check(rehearsal.set(), expected, tokens.main());
        } else {
            Map<String, Expected> documented = expected.sets();
            assertThat(tokens.sets().keySet()).containsExactlyElementsOf(documented.keySet());
            tokens.sets()
                    .forEach((name, tokenSet) ->
                            Optional.ofNullable(documented.get(name)).ifPresent(one -> check(name, one, tokenSet)));
        }
        assertThat(vendor.turns())
                .as("as many requests as documented")
                .hasSize(rehearsal.transcript().exchanges().size() + more);
        return Optional.of(tokens);
    }

    private void check(String name, Expected one, TokenSet tokens) {
        assertThat(tokens.accessToken().reveal()).isEqualTo(one.text("accessToken"));
        assertThat(Optional.ofNullable(tokens.refreshToken())
                        .map(Secret::reveal)
                        .orElse(null))
                .as("refresh token")
                .isEqualTo(one.text("refreshToken"));
        checkEnd("expiry", tokens.expiresAt(), one.seconds("expiresIn"), OAuth2Spec::accessLifetime);
        checkEnd(
                "expiry of the refresh token",
                tokens.refreshExpiresAt(),
                one.seconds("refreshExpiresIn"),
                OAuth2Spec::refreshLifetime);
        List<String> scopes = Optional.ofNullable(one.scopes()).orElse(List.of());
        assertThat(Optional.ofNullable(tokens.scopes()).orElse(List.of()))
                .as("scopes")
                .containsExactlyElementsOf(rehearsal.named(name, scopes));
        assertThat(tokens.extra()).as("kept").containsAllEntriesOf(one.extra());
    }

    /** Where the answer is silent, what the provider knows of lifetimes may stand in. */
    private void checkEnd(
            String what,
            @Nullable Instant end,
            @Nullable Long documented,
            Function<OAuth2Spec, @Nullable Duration> silent) {
        Duration lifetime = documented != null
                ? Duration.ofSeconds(documented)
                : stage.provider().oauth2().map(silent).orElse(null);
        assertThat(end).as(what).isEqualTo(lifetime == null ? null : stage.now().plus(lifetime));
    }
}
