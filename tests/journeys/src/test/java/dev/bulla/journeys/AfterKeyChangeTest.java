package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Landing;
import dev.bulla.model.Reason;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.testkit.service.Misfortune;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a change of a member's key brings about, and what it leaves as it was. */
class AfterKeyChangeTest {
    private final World world = new World();
    private final Member alice = world.member("alice");

    @BeforeEach
    void connect() {
        world.connection("notes");
        world.connect(alice, "notes", "anna");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private AccountRow row() {
        return world.store.accounts().ofMember(World.TENANT, "alice").get(0);
    }

    @Test
    void firstKeyReplacesTokensUpstreamOnce() {
        MemberKey key = Keys.first(alice);
        Keys.await(() -> assertThat(row().sealNo()).isEqualTo(3));
        assertReplacedOnce(key);
    }

    @Test
    void newKeyDoesNotForgetThatTheServiceAskedToWait() {
        world.time.advance(Duration.ofMinutes(61));
        world.server.misfortunes().next(Misfortune.busy(503, Duration.ofMinutes(30)));
        assertThat(world.bulla.maintenance().refreshDue(10).failed()).isEqualTo(1);
        MemberKey key = Keys.first(alice);
        Keys.await(() -> assertThat(row().keyNo()).isEqualTo(1));
        int asked = world.tokenRequests();
        try (Session session = alice.session(key)) {
            assertThat(Stage.failure(() -> session.call("notes", Stage.ME)).code())
                    .isEqualTo(ErrorCode.PROVIDER_UNAVAILABLE);
        }
        assertThat(world.tokenRequests()).isEqualTo(asked);
    }

    @Test
    void replacementThatDiedIsTakenUpAtTheNextUnlock() {
        List<MemberKey> shown = new ArrayList<>();
        // dead once the account is sealed again, which is before it is refreshed
        new Crash(4, false).strikes(world, world.store, bulla -> {
            Member same = bulla.tenant(World.TENANT).member("alice");
            shown.add(MemberKey.parse(same.keys().issue().text()));
            same.keys().confirm(shown.get(0));
        });
        assertThat(row().keyNo()).isEqualTo(1);
        assertThat(world.tokenRequests()).isEqualTo(1);

        alice.session(shown.get(0)).close();
        Keys.await(() -> assertThat(row().sealNo()).isEqualTo(3));
        assertReplacedOnce(shown.get(0));
    }

    @Test
    void tokensThatCanNotBeReplacedLeaveNothingToDo() {
        AtomicInteger looks = new AtomicInteger();
        OAuth2Spec spec = world.spec().build();
        RefreshTokenGrant grant = RefreshTokenGrant.of(spec);
        TokenRefresher never = new TokenRefresher() {
            @Override
            public Style style() {
                return Style.REFRESH_TOKEN;
            }

            @Override
            public boolean canRefresh(Tokens tokens) {
                looks.incrementAndGet();
                return false;
            }

            @Override
            public Tokens refresh(Tokens old, ProviderCall call) {
                return grant.refresh(old, call);
            }
        };
        Provider provider = Provider.builder("demo", "Demo")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), never, null)
                .api(ApiAccess.bearer(world.server.issuer().toString()))
                .scopes(Scope.of("notes.read", "Read notes").preset())
                .custom()
                .build();
        world.restartKnowing(provider);
        Member again = world.member("alice");
        MemberKey key = Keys.first(again);
        Keys.await(() -> assertThat(row().keyNo()).isEqualTo(1));

        world.restartKnowing(provider);
        looks.set(0);
        world.member("alice").session(key).close();
        world.bulla.close();
        assertThat(looks).as("no work behind the unlock").hasValue(1);
        assertThat(world.tokenRequests()).isEqualTo(1);
    }

    private void assertReplacedOnce(MemberKey key) {
        MemberKey next = Keys.rotated(alice, key);
        Keys.await(() -> assertThat(row().keyNo()).isEqualTo(2));
        try (Session session = alice.session(next)) {
            assertThat(session.call("notes", ApiRequest.get("/api/me")).status())
                    .isEqualTo(200);
        }
        world.bulla.close();
        assertThat(world.tokenRequests()).isEqualTo(2);
        assertThat(world.server.journal().maxRedemptions()).isEqualTo(1);
    }

    /** A first key from a node of its own, whose end is the end of all that follows a key. */
    private MemberKey keyed() {
        try (Bulla elsewhere = world.start(world.store)) {
            MemberKey key = Keys.first(elsewhere.tenant(World.TENANT).member("alice"));
            Keys.await(() -> assertThat(row().sealNo()).isEqualTo(3));
            return key;
        }
    }

    @Test
    void unknownOutcomeIsStillKnownAfterSealingAgain() {
        MemberKey key = keyed();
        world.time.advance(Duration.ofMinutes(50));
        world.server.misfortunes().next(Misfortune.lostAnswer());
        try (Session session = alice.session(key)) {
            session.call("notes", ApiRequest.get("/api/me"));
            Keys.await(() -> assertThat(world.server.misfortunes().left()).isZero());
        }
        Keys.await(() -> assertThat(row().claim().until()).isZero());
        AccountRow before = row();
        assertThat(before.claim().intent()).isNotNull();

        Keys.rotated(alice, key);
        Keys.await(() -> assertThat(row().keyNo()).isEqualTo(2));
        assertThat(row().claim().intent()).isEqualTo(before.claim().intent());
        assertThat(row().claim().intentAt()).isEqualTo(before.claim().intentAt());
        assertThat(row().claim().attempts()).isEqualTo(before.claim().attempts());
        assertThat(row().expiresAt()).isEqualTo(before.expiresAt());
    }

    @Test
    void resetAsksWhereSomebodyElseConnectsAgain() {
        Keys.first(alice);
        assertThat(alice.keys().reset())
                .singleElement()
                .satisfies(account -> assertThat(account.displayName()).contains("Anna Example"));

        assertThat(world.connect(alice, "notes", "ben").outcome()).isInstanceOf(Landing.IdentityDiffers.class);
        assertThat(alice.account("notes").reason()).contains(Reason.KEY_RESET);
        assertThat(world.connect(alice, "notes", "anna").outcome()).isInstanceOf(Landing.Connected.class);
    }

    @Test
    void resetLeavesAccountsOfTheHost() {
        MemberKey key = MemberKey.parse(alice.keys().issue().text());
        world.connection("late");
        // dead before any account is sealed to the first key
        new Crash(1, false)
                .strikes(
                        world,
                        world.store,
                        bulla -> bulla.tenant(World.TENANT)
                                .member("alice")
                                .keys()
                                .confirm(key));
        world.connect(alice, "late", "anna");

        assertThat(alice.keys().reset())
                .extracting(ConnectedAccount::connection)
                .containsExactly("late");
        assertThat(alice.keys().reset()).isEmpty();
        try (Session session = alice.session()) {
            session.tokenForSdk("notes");
        }
    }

    @Test
    void answerThatAResetOvertookIsRevoked() {
        MemberKey key = keyed();
        world.time.advance(Duration.ofMinutes(61));
        WatchedStore watched = new WatchedStore(world.store);
        WatchedStore.Hold hold = watched.hold("accounts.store");
        try (Bulla refreshing = world.start(watched.store());
                Session session =
                        refreshing.tenant(World.TENANT).member("alice").session(key)) {
            Future<Integer> call =
                    Crowd.one(() -> session.call("notes", Stage.ME).status());
            hold.arrived();
            diesResetting();
            hold.release();
            assertThat(Stage.failure(() -> Crowd.get(call)).code()).isEqualTo(ErrorCode.NOT_CONNECTED);
        }

        assertThat(world.server.journal().revocations()).isNotEmpty();
        assertThat(row().keyNo()).isEqualTo(1);
        assertThat(alice.keys().reset()).hasSize(1);
    }

    private void diesResetting() {
        // dead before anything is cleared: the answer finds the account as it left it
        new Crash(1, false)
                .strikes(
                        world,
                        world.store,
                        bulla -> bulla.tenant(World.TENANT)
                                .member("alice")
                                .keys()
                                .reset());
    }

    @Test
    void typingBackTwiceIsFine() {
        MemberKey key = Keys.first(alice);
        alice.keys().confirm(key);
        MemberKey next = MemberKey.parse(alice.keys().rotate(key).text());
        alice.session(next).close();
        alice.keys().confirm(next);
        assertThatThrownBy(() -> alice.keys().confirm(key)).isInstanceOf(BullaException.class);
    }
}
