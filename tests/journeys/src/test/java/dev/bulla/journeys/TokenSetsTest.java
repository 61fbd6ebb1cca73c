package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Reason;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Scope;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.store.StoreException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account with two token sets, "bot" and "user", whose refresh tokens rotate and are never taken twice. */
class TokenSetsTest {
    private final Stage stage = Stage.inMemory();
    private final List<String> redeemed = new CopyOnWriteArrayList<>();
    private final Map<String, List<ProviderException>> misfortunes = new ConcurrentHashMap<>();
    private Bulla node;

    @BeforeEach
    void connect() {
        node = stage.node(provider());
        stage.connect(node, "notes", "pair");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static TokenSet set(String name, int number, ProviderCall call) {
        return new TokenSet(
                Secret.of(name + "-" + number),
                Secret.of("refresh-" + name + "-" + number),
                call.clock().instant().plus(Stage.LIFE),
                null,
                null,
                Map.of());
    }

    private Provider provider() {
        OAuth2Spec spec = stage.spec(Reach.TOKEN);
        OAuthFlow standard = AuthorizationCodeFlow.of(spec);
        OAuthFlow flow = new OAuthFlow() {
            @Override
            public URI authorizationUri(Begin begin, ProviderCall call) {
                return standard.authorizationUri(begin, call);
            }

            @Override
            public Tokens complete(Completion completion, ProviderCall call) {
                Map<String, TokenSet> sets = new LinkedHashMap<>();
                sets.put("bot", set("bot", 1, call));
                sets.put("user", set("user", 1, call));
                return Tokens.named(sets);
            }

            @Override
            public Identity identify(Tokens tokens, ProviderCall call) {
                return Identity.of("anna", "Anna");
            }
        };
        return Provider.builder("pair", "Pair")
                .oauth2(spec, flow, new Pair(), null)
                .api(ApiAccess.bearer(stage.world.server.issuer().toString()))
                .scopes(Scope.of("notes.read", "Read notes").preset())
                .custom()
                .build();
    }

    /** Redeems one refresh token; what goes wrong goes wrong after it was used up. */
    private final class Pair implements TokenRefresher {
        @Override
        public Style style() {
            return Style.REFRESH_TOKEN;
        }

        @Override
        public Tokens refresh(Tokens old, ProviderCall call) {
            assertThat(old.sets()).hasSize(1);
            String name = old.sets().keySet().iterator().next();
            String token = old.main().refreshToken().reveal();
            redeemed.add(token);
            List<ProviderException> next = misfortunes.getOrDefault(name, new ArrayList<>());
            if (!next.isEmpty()) {
                throw next.remove(0);
            }
            int number = Integer.parseInt(token.substring(token.lastIndexOf('-') + 1));
            return Tokens.named(Map.of(name, set(name, number + 1, call)));
        }
    }

    private void strikes(String name, Kind... kinds) {
        misfortunes.put(
                name,
                new ArrayList<>(Stream.of(kinds)
                        .map(kind -> new ProviderException(kind, "odd", 0, null, "odd"))
                        .toList()));
    }

    private static Kind[] always(Kind kind) {
        return Stream.generate(() -> kind).limit(100).toArray(Kind[]::new);
    }

    private String token() {
        return Stage.token(Stage.alice(node));
    }

    private void invalidate(String token) {
        try (Session session = Stage.alice(node).session()) {
            session.invalidate("notes", Secret.of(token));
        }
    }

    private boolean failsWith(ErrorCode code) {
        Throwable thrown = catchThrowable(this::token);
        return thrown instanceof BullaException known && known.code() == code;
    }

    @Test
    void eachSetIsRedeemedAndStoredUnderAClaimOfItsOwn() {
        stage.after(Stage.ENDED);
        assertThat(token()).isEqualTo("bot-2");
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
        assertThat(stage.row().sealNo()).isEqualTo(3);
        stage.after(Stage.ENDED);
        assertThat(token()).isEqualTo("bot-3");
        assertThat(redeemed).doesNotHaveDuplicates().hasSize(4);
    }

    @Test
    void firstAnswerIsKeptAndTheUnknownOutcomeOfTheSecondIsRemembered() {
        stage.after(Stage.DUE);
        strikes("user", Kind.OUTCOME_UNKNOWN);
        token();
        Crowd.until(() -> redeemed.size() == 2 && stage.row().claim().until() == 0);
        assertThat(stage.row().sealNo()).isEqualTo(2);
        assertThat(stage.row().claim().intent()).isNotNull();
        assertThat(token()).isEqualTo("bot-2");
        stage.after(Duration.ofMinutes(2));
        assertThat(token()).isEqualTo("bot-2");
        assertThat(redeemed).hasSize(2);

        stage.after(Duration.ofMinutes(2));
        strikes("user", Kind.TERMINAL);
        Crowd.until(() -> {
            var unused = catchThrowable(this::token); // a living token may still be handed out
            return stage.account().status() != AccountStatus.ACTIVE;
        });
        assertThat(stage.account().reason()).contains(Reason.OUTCOME_UNKNOWN);
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1", "refresh-user-1");
    }

    @Test
    void repetitionThatSucceedsHealsBoth() {
        stage.after(Stage.DUE);
        strikes("user", Kind.OUTCOME_UNKNOWN);
        token();
        Crowd.until(() -> redeemed.size() == 2 && stage.row().claim().until() == 0);
        stage.after(Duration.ofMinutes(4));
        Crowd.until(() -> {
            token();
            return redeemed.size() == 4;
        });
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1", "refresh-user-1", "refresh-bot-2");
        Crowd.until(() -> stage.row().claim().intent() == null && stage.row().sealNo() == 4);
        assertThat(token()).isEqualTo("bot-3");
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void setThatHasEndedIsRepeatedAtOnceBesideOneThatLives() {
        stage.after(Stage.ENDED);
        strikes("user", Kind.OUTCOME_UNKNOWN);
        assertThat(token()).isEqualTo("bot-2");
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
        assertThat(token()).isEqualTo("bot-2");
        Crowd.until(() -> redeemed.size() >= 3 && stage.row().claim().intent() == null);
        assertThat(redeemed.subList(0, 3)).containsExactly("refresh-bot-1", "refresh-user-1", "refresh-user-1");
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    @Test
    void nodeThatDiesBetweenTheTwoLosesNeither() {
        FaultyStore faulty = new FaultyStore(stage.rows());
        Bulla dying = stage.node(faulty.store(), provider());
        stage.after(Stage.ENDED);
        faulty.first("accounts.store", () -> faulty.before("accounts.claim", 1));
        assertThat(Stage.failure(() -> Stage.token(Stage.alice(dying))).code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(redeemed).containsExactly("refresh-bot-1");

        stage.after(Duration.ofMinutes(1)); // what was due then counts on by real time
        assertThat(token()).isEqualTo("bot-2");
        Crowd.until(() -> redeemed.contains("refresh-user-1") && stage.row().sealNo() == 4);
        assertThat(redeemed).doesNotHaveDuplicates();
    }

    @Test
    void failureOfTheFirstSendsNothingOfTheSecond() {
        stage.after(Stage.ENDED);
        strikes("bot", Kind.OUTCOME_UNKNOWN);
        BullaException failure = Stage.failure(this::token);
        assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(redeemed).containsExactly("refresh-bot-1");

        assertThat(token()).isEqualTo("bot-2");
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-bot-1", "refresh-user-1");
    }

    @Test
    void refusedTokenIsReplacedWhicheverItWas() {
        try (Session session = Stage.alice(node).session()) {
            assertThat(session.call("notes", Stage.ME.as("user")).status()).isEqualTo(401);
        }
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
        assertThat(stage.row().sealNo()).isEqualTo(3);
    }

    @Test
    void answerForAnotherSetIsNoneForTheRefusedOne() {
        WatchedStore watched = new WatchedStore(stage.rows());
        Bulla other = stage.node(watched.store(), provider());
        try (Session session = Stage.alice(other).session();
                Session busy = Stage.alice(node).session()) {
            session.tokenForSdk("notes");
            WatchedStore.Hold refused = watched.hold("accounts.find");
            Future<Integer> caller =
                    Crowd.one(() -> session.call("notes", Stage.ME.as("user")).status());
            refused.arrived();
            strikes("user", Kind.TRANSIENT); // so only the first of the two is replaced
            assertThat(Stage.failure(() -> busy.call("notes", Stage.ME.as("user")))
                            .code())
                    .isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
            stage.after(Stage.BACK_OFF);
            refused.release();
            Crowd.get(caller);
        }
        assertThat(redeemed).containsSubsequence("refresh-bot-1", "refresh-user-1", "refresh-user-1");
    }

    @Test
    void setThatIsOverBesideOneThatLivesIsDueAtOnce() {
        stage.after(Stage.ENDED);
        strikes("user", Kind.TRANSIENT);
        assertThat(token()).isEqualTo("bot-2");
        Instant end = stage.account().expiresAt().orElseThrow();
        assertThat(end).isAfter(stage.world.time.instant());
        stage.after(Stage.BACK_OFF);
        assertThat(token()).isEqualTo("bot-2");
        Crowd.until(() -> redeemed.contains("refresh-bot-2"));
        assertThat(redeemed.subList(0, 3)).containsExactly("refresh-bot-1", "refresh-user-1", "refresh-user-1");
    }

    @Test
    void setThatFailsDoesNotKeepTheOtherFromItsTurn() {
        stage.after(Stage.ENDED);
        strikes("bot", always(Kind.TRANSIENT));
        token();
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
        assertThat(stage.account().expiresAt().orElseThrow()).isAfter(stage.world.time.instant());
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);

        for (int life = 2; life < 5; life++) {
            stage.after(Stage.ENDED);
            token();
            assertThat(redeemed).endsWith("refresh-bot-1", "refresh-user-" + life);
        }
    }

    @Test
    void setThatFailsIsLeftAloneUntilItsNextTryAlsoWhereTheOtherWasStoredSince() {
        stage.after(Stage.ENDED);
        strikes("bot", always(Kind.TRANSIENT));
        token();
        redeemed.clear();

        for (int i = 0; i < 3; i++) {
            token();
            assertThat(Stage.failure(() -> invalidate("bot-1")).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        }
        assertThat(redeemed).isEmpty();
        stage.after(Stage.BACK_OFF);
        Crowd.until(() -> {
            token();
            return !redeemed.isEmpty() && stage.row().claim().until() == 0;
        });
        token();
        assertThat(redeemed).containsExactly("refresh-bot-1");
    }

    @Test
    void setThatWaitsForItsNextTryComesBackThen() {
        stage.after(Stage.ENDED);
        strikes("bot", Kind.TRANSIENT);
        token();
        stage.after(Stage.BACK_OFF);
        Crowd.until(() -> token().equals("bot-2"));
        Crowd.until(() -> stage.row().claim().by().isEmpty());
    }

    @Test
    void contentsThatWereSealedAgainBeforeASetFailedLeaveTheOtherItsTurn() {
        MemberKey key = stage.offeredKey();
        WatchedStore keying = new WatchedStore(stage.rows());
        WatchedStore.Hold sealing = keying.hold("accounts.claim");
        Future<Boolean> confirmed = keyed(stage.node(keying.store(), provider()), key);
        sealing.arrived();

        WatchedStore watched = new WatchedStore(stage.rows());
        try (Session session = sealingNothing(stage.node(watched.store(), provider()), watched, key)) {
            stage.after(Stage.ENDED);
            strikes("bot", Kind.TRANSIENT);
            WatchedStore.Hold refreshing = watched.hold("accounts.claim");
            Future<String> caller = Crowd.one(() -> Stage.token(session));
            refreshing.arrived();
            WatchedStore.Hold sealed = keying.hold("accounts.store");
            sealing.release();
            sealed.arrived();
            WatchedStore.Hold replacing = keying.hold("accounts.claim");
            sealed.release();
            replacing.arrived();
            refreshing.release();
            Crowd.get(caller);
            assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
            replacing.release();
            assertThat(Crowd.get(confirmed)).isTrue();
        }
    }

    private static Future<Boolean> keyed(Bulla node, MemberKey key) {
        return Crowd.one(() -> {
            Stage.alice(node).keys().confirm(key);
            return true;
        });
    }

    /** Has opened the account with the key, and failed to seal it to that: at the unlock, and when it was opened. */
    private static Session sealingNothing(Bulla node, WatchedStore watched, MemberKey key) {
        CountDownLatch unlocked = broken(watched);
        Session session = Stage.alice(node).session(key);
        Crowd.pass(unlocked);
        CountDownLatch opened = broken(watched);
        Stage.token(session);
        Crowd.pass(opened);
        return session;
    }

    private static CountDownLatch broken(WatchedStore watched) {
        CountDownLatch broken = new CountDownLatch(1);
        watched.breaks("accounts.claim", () -> {
            broken.countDown();
            return new StoreException(StoreException.Kind.UNAVAILABLE, "away");
        });
        return broken;
    }

    @Test
    void unknownOutcomeIsStillRememberedWhereItsRepetitionWasNotMade() {
        stage.after(Stage.DUE);
        strikes("user", Kind.OUTCOME_UNKNOWN, Kind.TRANSIENT, Kind.TERMINAL);
        token();
        Crowd.until(() -> redeemed.size() == 2 && stage.row().claim().until() == 0);
        stage.after(Stage.ENDED);
        Crowd.until(() -> failsWith(ErrorCode.PROVIDER_UNAVAILABLE));
        assertThat(stage.row().claim().intent()).isNotNull();
        stage.after(Stage.BACK_OFF);
        Crowd.until(() -> failsWith(ErrorCode.RECONNECT_REQUIRED));
        assertThat(stage.account().reason()).contains(Reason.OUTCOME_UNKNOWN);
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1", "refresh-user-1", "refresh-user-1");
    }

    @Test
    void setThatLivesIsNotReplacedEachTimeTheOtherFails() {
        stage.after(Stage.DUE);
        strikes("bot", always(Kind.TRANSIENT));
        for (int i = 1; i < 4; i++) {
            int tries = i;
            Crowd.until(() -> {
                token();
                return redeemed.size() == tries && stage.row().claim().until() == 0;
            });
            stage.after(Stage.BACK_OFF);
        }
        assertThat(redeemed).containsOnly("refresh-bot-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void serviceThatAsksToBeLeftAloneIsAskedForNoSet(int status) {
        stage.after(Stage.ENDED);
        misfortunes.put(
                "bot",
                new ArrayList<>(
                        List.of(new ProviderException(Kind.TRANSIENT, "busy", status, Duration.ofMinutes(5), "busy"))));
        assertThat(Stage.failure(this::token).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        stage.after(Duration.ofMinutes(4));
        assertThat(Stage.failure(this::token).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        assertThat(redeemed).containsExactly("refresh-bot-1");
        stage.after(Duration.ofMinutes(2));
        assertThat(token()).isEqualTo("bot-2");
    }

    @Test
    void appThatIsRefusedIsAskedForNoOtherSet() {
        stage.after(Stage.ENDED);
        strikes("bot", Kind.MISCONFIGURED);
        assertThat(Stage.failure(this::token).code()).isEqualTo(ErrorCode.APP_REFUSED);
        assertThat(redeemed).containsExactly("refresh-bot-1");
    }

    @Test
    void refusedTokenIsReplacedThoughTheOtherSetFails() {
        strikes("bot", Kind.TRANSIENT);
        try (Session session = Stage.alice(node).session()) {
            assertThat(session.call("notes", Stage.ME.as("user")).status()).isEqualTo(401);
        }
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
    }

    @Test
    void refusedTokenThatCanNotBeReplacedYetIsToldThoughTheOtherWas() {
        strikes("bot", always(Kind.TRANSIENT));
        try (Session session = Stage.alice(node).session()) {
            assertThat(Stage.failure(() -> session.call("notes", Stage.ME.as("bot")))
                            .code())
                    .isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        }
        assertThat(redeemed).containsExactly("refresh-bot-1", "refresh-user-1");
    }
}
