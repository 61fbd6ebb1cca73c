package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.http.HardenedHttp;
import dev.bulla.http.HttpSettings;
import dev.bulla.model.AccountStatus;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.Tokens;
import dev.bulla.refresh.MovedTime;
import dev.bulla.refresh.Need;
import dev.bulla.refresh.Outcome;
import dev.bulla.refresh.RefreshKeeper;
import dev.bulla.store.AccountRow;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.vault.Opener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time passes where nobody counted on it: a node is stopped, a database stays away, somebody else does not come to an end. */
class PauseTest {
    private static final Duration CLAIM = Duration.ofSeconds(25);

    private final Stage stage = Stage.inMemory();
    private final MovedTime time = new MovedTime();
    private final FaultyStore faulty = new FaultyStore(stage.rows());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HardenedHttp http =
            HardenedHttp.create(HttpSettings.standard().reaching("127.0.0.1:" + stage.world.server.port()));
    private volatile boolean closing;

    @BeforeEach
    void connect() {
        stage.connected().after(Stage.ENDED);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        http.close();
        stage.close();
    }

    private RefreshKeeper node() {
        return node(stage.world.provider("demo"), http);
    }

    private RefreshKeeper node(Provider provider, ProviderHttp way) {
        return time.keeper(faulty.store(), stage.world.ring, provider, way, threads, () -> closing);
    }

    /** A provider before whose request something happens. */
    private Provider pausing(Runnable event) {
        RefreshTokenGrant grant = RefreshTokenGrant.of(stage.spec(Reach.TOKEN));
        return stage.provider(
                "demo",
                new TokenRefresher() {
                    @Override
                    public Style style() {
                        return Style.REFRESH_TOKEN;
                    }

                    @Override
                    public Tokens refresh(Tokens old, ProviderCall call) {
                        event.run();
                        return grant.refresh(old, call);
                    }
                },
                null);
    }

    private CompletableFuture<Outcome> begin(RefreshKeeper node) {
        AccountRow row = stage.row();
        return node.begin(World.TENANT, row.id(), row.sealNo(), Opener.host(), Need.DUE);
    }

    private Outcome refresh(RefreshKeeper node) {
        AccountRow row = stage.row();
        return node.refresh(World.TENANT, row.id(), row.sealNo(), Opener.host(), Need.DUE);
    }

    private static BullaException failure(Outcome outcome) {
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
        return outcome.failure();
    }

    private void everywhere(Duration by) {
        time.advance(by);
        stage.after(by);
    }

    private void isUntouched() {
        assertThat(stage.refreshes()).isZero();
        assertThat(stage.row().claim().intent()).isNull();
        assertThat(stage.account().status()).isEqualTo(AccountStatus.ACTIVE);
    }

    private void heldByAnother() {
        AccountRow row = stage.row();
        Claimed seen = new Claimed(row.id(), row.sealNo(), row.claim().by());
        assertThat(stage.rows().accounts().claim(World.TENANT, seen, "another", CLAIM.toMillis(), "hash"))
                .isTrue();
    }

    @Test
    void claimAgesFromBeforeItWasTaken() {
        faulty.first("accounts.claim", () -> everywhere(Duration.ofSeconds(6)));

        assertThat(refresh(node()).kind()).isEqualTo(Outcome.Kind.REFRESHED);

        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void claimThatAgedIsTakenAnewForATokenThatWasRefusedBeforeItsTime() {
        assertThat(refresh(node()).kind()).isEqualTo(Outcome.Kind.REFRESHED);
        faulty.first("accounts.claim", () -> everywhere(Duration.ofSeconds(6)));
        AccountRow row = stage.row();

        Outcome outcome = node().refresh(World.TENANT, row.id(), row.sealNo(), Opener.host(), Need.REFUSED);

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.REFRESHED);
        assertThat(stage.refreshes()).isEqualTo(2);
    }

    @Test
    void holderThatWasStoppedOnceTakesItsClaimAnewAtOnce() {
        AtomicBoolean first = new AtomicBoolean(true);
        RefreshKeeper node = node(
                pausing(() -> {
                    if (first.getAndSet(false)) {
                        everywhere(Duration.ofSeconds(61));
                    }
                }),
                http);

        assertThat(Crowd.get(begin(node)).kind()).isEqualTo(Outcome.Kind.REFRESHED);
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void holderThatWakesAfterItsClaimLeavesTheRefreshToWhoHasItNow() {
        Bulla other = stage.node();
        Provider provider = pausing(() -> {
            everywhere(CLAIM.plusSeconds(1));
            assertThat(Stage.call(Stage.alice(other))).isEqualTo(200);
        });

        assertThat(Crowd.get(begin(node(provider, http))).kind()).isEqualTo(Outcome.Kind.MOVED);
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(stage.call()).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void holderThatWakesBeforeTheOthersComeSendsNothing() {
        RefreshKeeper node = node(pausing(() -> everywhere(CLAIM.plusSeconds(1))), http);

        assertThat(failure(Crowd.get(begin(node))).code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        isUntouched();
    }

    @Test
    void holderThatIsStoppedWhileItConnectsSendsNothing() {
        ProviderHttp slow = call -> {
            time.advance(Duration.ofSeconds(11));
            return http.send(call);
        };

        BullaException failure = failure(refresh(node(stage.world.provider("demo"), slow)));

        assertThat(failure.code()).isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        isUntouched();
    }

    @Test
    void flightThatGetsNoThreadKeepsNobodyWaiting() {
        AtomicBoolean full = new AtomicBoolean(true);
        Executor crowded = work -> {
            if (full.getAndSet(false)) {
                throw new InternalError("no thread is to be had");
            }
            threads.execute(work);
        };
        RefreshKeeper node = time.keeper(
                faulty.store(), stage.world.ring, stage.world.provider("demo"), http, crowded, () -> closing);

        assertThat(begin(node)).isCompletedExceptionally();
        assertThat(refresh(node).kind()).isEqualTo(Outcome.Kind.REFRESHED);
    }

    @Test
    void waitingForAnotherNodeEnds() {
        heldByAnother();

        BullaException failure = failure(refresh(node()));

        assertThat(failure.code()).isEqualTo(ErrorCode.REFRESH_TIMEOUT);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(time.passed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
        assertThat(stage.refreshes()).isZero();
    }

    @Test
    void tokenThatLivesOutlastsTheWaiting() {
        stage.world.connect("alice", "notes", "anna");
        stage.world.server.journal().clear();
        stage.after(Stage.MANDATORY);
        heldByAnother();

        assertThat(refresh(node()).kind()).isEqualTo(Outcome.Kind.KEPT);
        assertThat(stage.refreshes()).isZero();
    }

    @Test
    void callerGoesInTimeAndTheFlightGoesOn() {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ProviderHttp slow = call -> {
            HttpAnswer answer = http.send(call);
            arrived.countDown();
            Crowd.pass(released);
            return answer;
        };
        RefreshKeeper node = node(stage.world.provider("demo"), slow);
        CompletableFuture<Outcome> flight = begin(node);
        Crowd.pass(arrived);
        Future<Outcome> caller = Crowd.one(() -> refresh(node));
        while (!caller.isDone()) {
            time.advance(Duration.ofSeconds(1));
        }
        BullaException failure = Stage.failure(() -> Crowd.get(caller));
        assertThat(failure.code()).isEqualTo(ErrorCode.REFRESH_TIMEOUT);
        assertThat(flight).isNotDone();
        released.countDown();

        assertThat(Crowd.get(flight).kind()).isEqualTo(Outcome.Kind.REFRESHED);
        assertThat(stage.row().sealNo()).isEqualTo(2);
        assertThat(stage.refreshes()).isEqualTo(1);
    }

    @Test
    void answerWaitsForMinutesUntilTheDatabaseTakesIt() {
        faulty.before("accounts.store", 60);

        assertThat(Crowd.get(begin(node())).kind()).isEqualTo(Outcome.Kind.REFRESHED);

        assertThat(time.passed()).isGreaterThan(Duration.ofMinutes(4));
        assertThat(stage.row().sealNo()).isEqualTo(2);
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(stage.call()).isEqualTo(200);
    }

    @Test
    void closingEndsTheWaitForADatabaseThatStaysAway() {
        faulty.before("accounts.store", Integer.MAX_VALUE);
        CompletableFuture<Outcome> flight = begin(node());
        Crowd.until(() -> time.passed().compareTo(Duration.ofMinutes(10)) > 0);
        assertThat(flight).isNotDone();
        Duration from = time.passed();
        closing = true;

        assertThat(failure(Crowd.get(flight)).code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(time.passed().minus(from)).isGreaterThan(Duration.ofSeconds(20));
        assertThat(stage.row().claim().intent()).isNotNull();
    }

    @Test
    void whatNobodyOutsideCanChangeIsTriedForAMinute() {
        faulty.first("accounts.store", new Runnable() {
            @Override
            public void run() {
                faulty.first("accounts.store", this);
                throw new IllegalStateException("a mistake of this side");
            }
        });

        assertThat(failure(Crowd.get(begin(node()))).code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(time.passed()).isBetween(Duration.ofMinutes(1), Duration.ofSeconds(70));
    }

    @Test
    void nothingIsBegunWhileTheLibraryCloses() {
        closing = true;

        assertThat(failure(refresh(node())).code()).isEqualTo(ErrorCode.CLOSED);
        isUntouched();
    }

    @Test
    void closingEndsTheWaitForAnotherNodeAndSendsNothingAfterIt() {
        heldByAnother();
        faulty.first("accounts.find", () -> {
            closing = true;
            stage.after(CLAIM.plusSeconds(1));
        });

        assertThat(failure(refresh(node())).code()).isEqualTo(ErrorCode.CLOSED);
        assertThat(stage.refreshes()).isZero();
    }

    @Test
    void lifetimeCountsFromSendingHoweverLongTheClaimTook() {
        faulty.first("accounts.claim", () -> everywhere(Duration.ofSeconds(4)));
        ProviderHttp slow = call -> {
            HttpAnswer answer = http.send(call);
            everywhere(Duration.ofSeconds(9));
            return answer;
        };
        long sent = stage.row().now() + 4_000;

        assertThat(refresh(node(stage.world.provider("demo"), slow)).kind()).isEqualTo(Outcome.Kind.REFRESHED);
        assertThat(stage.row().expiresAt()).isEqualTo(sent + Stage.LIFE.toMillis());
    }
}
