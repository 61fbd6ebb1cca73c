package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Reason;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountStore.Claimed;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Services that refresh in another way than by a refresh token, and providers whose code stumbles. */
class StylesTest {
    private final Stage stage = Stage.inMemory();
    private final AtomicInteger sent = new AtomicInteger();
    private Bulla node;

    @AfterEach
    void close() {
        stage.close();
    }

    private void connect(TokenRefresher.Style style, BiFunction<Tokens, ProviderCall, Tokens> how) {
        node = stage.node(stage.provider(
                "other",
                new TokenRefresher() {
                    @Override
                    public Style style() {
                        return style;
                    }

                    @Override
                    public Tokens refresh(Tokens old, ProviderCall call) {
                        sent.incrementAndGet();
                        return how.apply(old, call);
                    }
                },
                null));
        stage.connect(node, "notes", "other");
    }

    private Tokens next(Tokens old, ProviderCall call) {
        return Tokens.of(set("fresh-" + sent, call));
    }

    private static TokenSet set(String token, ProviderCall call) {
        return new TokenSet(Secret.of(token), null, call.clock().instant().plus(Stage.LIFE), null, null, Map.of());
    }

    private static Tokens noAnswer(Tokens old, ProviderCall call) {
        throw new ProviderException(ProviderException.Kind.OUTCOME_UNKNOWN, "no_answer", 0, null, "no answer");
    }

    private String token() {
        return Stage.token(Stage.alice(node));
    }

    private BullaException failure() {
        return Stage.failure(this::token);
    }

    @Test
    void currentTokenIsExchangedWhileItLives() {
        connect(TokenRefresher.Style.EXCHANGE_CURRENT, this::next);
        assertThat(stage.account().refreshBy()).isEqualTo(stage.account().expiresAt());
        for (int i = 1; i < 4; i++) {
            stage.after(Stage.MANDATORY);
            assertThat(token()).isEqualTo("fresh-" + i);
        }
    }

    @Test
    void endedTokenIsNotExchanged() {
        connect(TokenRefresher.Style.EXCHANGE_CURRENT, this::next);
        stage.after(Stage.ENDED);
        assertThat(failure().code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.account().reason()).contains(Reason.GRANT_EXPIRED);
        assertThat(sent).hasValue(0);
    }

    @Test
    void tokenThatIsTooYoungToBeExchangedIsUsed() {
        node = stage.node(stage.provider(
                "other",
                new TokenRefresher() {
                    @Override
                    public Style style() {
                        return Style.EXCHANGE_CURRENT;
                    }

                    @Override
                    public Instant notBefore(Tokens tokens) {
                        return Objects.requireNonNull(tokens.main().expiresAt()).minus(Duration.ofMinutes(2));
                    }

                    @Override
                    public Tokens refresh(Tokens old, ProviderCall call) {
                        sent.incrementAndGet();
                        return next(old, call);
                    }
                },
                null));
        stage.connect(node, "notes", "other");
        stage.world.server.service().endAccess("anna");
        try (Session session = Stage.alice(node).session()) {
            assertThat(session.call("notes", Stage.ME).status()).isEqualTo(401);
            stage.after(Stage.DUE);
            assertThat(session.call("notes", Stage.ME).status()).isEqualTo(401);
            assertThat(sent).hasValue(0);

            stage.after(Stage.MANDATORY.minus(Stage.DUE));
            session.call("notes", Stage.ME);
        }
        assertThat(token()).isEqualTo("fresh-" + sent).isNotEqualTo("fresh-0");
    }

    @Test
    void exchangeIsRepeatedUntilItSucceeds() {
        connect(
                TokenRefresher.Style.EXCHANGE_CURRENT,
                (old, call) -> sent.get() < 4 ? noAnswer(old, call) : next(old, call));
        String first = token();
        stage.after(Stage.DUE);
        for (int i = 1; i < 4; i++) {
            int requests = i;
            Crowd.until(() -> {
                assertThat(token()).isEqualTo(first);
                return sent.get() == requests && stage.row().claim().until() == 0;
            });
            stage.after(Stage.BACK_OFF);
        }
        assertThat(token()).isEqualTo(first);
        Crowd.until(() -> token().equals("fresh-4"));
        assertThat(stage.row().sealNo()).isEqualTo(2);
    }

    @Test
    void tokenIsMintedAnewAfterItsEnd() {
        connect(TokenRefresher.Style.REMINT, this::next);
        stage.after(Duration.ofDays(400));
        assertThat(token()).isEqualTo("fresh-1");
    }

    @Test
    void mintingIsSafeAfterADeadNode() {
        connect(TokenRefresher.Style.REMINT, this::next);
        stage.after(Stage.ENDED);
        for (String dead : List.of("first", "second", "third")) {
            var row = stage.row();
            Claimed seen = new Claimed(row.id(), row.sealNo(), row.claim().by());
            assertThat(stage.rows().accounts().claim(World.TENANT, seen, dead, 25_000, "hash"))
                    .isTrue();
            stage.after(Duration.ofSeconds(26));
        }
        assertThat(token()).isEqualTo("fresh-1");
    }

    @Test
    void refresherThatStumblesUnsentIsTriedAgainLater() {
        connect(TokenRefresher.Style.REMINT, (old, call) -> {
            throw new IllegalStateException("with " + old.main().accessToken().reveal());
        });
        String secret = token();
        stage.after(Stage.ENDED);
        BullaException failure = failure();
        assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        assertThat(failure).hasNoCause();
        assertThat(failure.getMessage()).doesNotContain(secret);
        failure();
        assertThat(sent).hasValue(1);
        stage.after(Stage.BACK_OFF);
        failure();
        assertThat(sent).hasValue(2);
        assertThat(stage.account().reason()).isEmpty();
    }

    @Test
    void refresherThatStumblesOverAnAnswerLeavesTheOutcomeUnknown() {
        connect(TokenRefresher.Style.REFRESH_TOKEN, (old, call) -> {
            call.http().send(HttpCall.of(HttpCall.Purpose.TOKEN, "GET", stage.world.server.at("/jwks"), null));
            throw new IllegalStateException("a mistake");
        });
        stage.after(Stage.ENDED);
        assertThat(failure().code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(stage.row().claim().intent()).isNotNull();
    }

    @Test
    void refresherThatAnswersNothingFailsAsIfItThrew() {
        connect(TokenRefresher.Style.REMINT, (old, call) -> null);
        stage.after(Stage.ENDED);
        assertThat(failure().code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        assertThat(stage.account().reason()).isEmpty();
    }

    @Test
    void addressThatMayNotBeReachedIsTheHostsAffair() {
        connect(TokenRefresher.Style.REFRESH_TOKEN, (old, call) -> {
            call.http().send(HttpCall.of(HttpCall.Purpose.TOKEN, "GET", URI.create("https://169.254.169.254/"), null));
            return old;
        });
        stage.after(Stage.ENDED);
        assertThat(failure().code()).isEqualTo(ErrorCode.EGRESS_BLOCKED);
        assertThat(stage.row().claim().intent()).isNull();
    }

    @Test
    void namedSetsAreKeptApartAndUsedByName() {
        connect(TokenRefresher.Style.REMINT, (old, call) -> Tokens.named(Map.of("user", set("user-token", call))));
        String bot = token();
        stage.after(Stage.MANDATORY);
        assertThat(token()).isEqualTo(bot);
        try (Session session = Stage.alice(node).session()) {
            assertThat(session.call("notes", Stage.ME).status()).isEqualTo(200);
            stage.world.server.journal().clear();
            sent.set(0);
            assertThat(session.call("notes", Stage.ME.as("user")).status()).isEqualTo(401);
        }
        assertThat(sent).hasValue(1);
    }

    @Test
    void changedEndpointStopsEverythingUnsent() {
        stage.connected();
        OAuth2Spec elsewhere = OAuth2Spec.builder(
                        stage.world.server.at("/authorize").toString(), "https://evil.example.com/token")
                .identity(stage.world.server.at("/api/me").toString(), "id", "name")
                .build();
        Bulla edited = stage.node(Provider.builder("demo", "Demo")
                .oauth2(elsewhere, AuthorizationCodeFlow.of(elsewhere), RefreshTokenGrant.of(elsewhere), null)
                .api(ApiAccess.bearer(stage.world.server.issuer().toString()))
                .custom()
                .build());
        stage.after(Stage.ENDED);
        assertThat(Stage.failure(() -> Stage.call(Stage.alice(edited))).code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
        assertThat(stage.account().reason()).contains(Reason.ENDPOINT_CHANGED);
        assertThat(stage.refreshes()).isZero();
        assertThat(stage.failure().code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED);
    }
}
