package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.CallRefused;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.limit.ApiLimit;
import dev.bulla.limit.Buckets;
import dev.bulla.limit.Rate;
import dev.bulla.limit.RateLimits;
import dev.bulla.provider.Provider;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often calls go through, by a clock that moves by hand. */
class CallLimitsTest {
    private static final ApiRequest ME = ApiRequest.get("/me");

    private final Booth booth = new Booth();
    private Bulla node;

    @BeforeEach
    void start() {
        node = booth.node();
        Booth.connection(node, "notes");
        Booth.connect(node, "notes", "alice", "ben");
    }

    @AfterEach
    void close() {
        booth.close();
    }

    private static Session open(Bulla at, String member) {
        return Booth.member(at, member).session();
    }

    /** How many calls go through until one is refused. */
    private static int through(Session session, int most) {
        for (int i = 0; i < most; i++) {
            try {
                session.call("notes", ME);
            } catch (CallRefused e) {
                assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                return i;
            }
        }
        return most;
    }

    private static Duration refused(Session session, ErrorCode code) {
        CallRefused refusal = (CallRefused) Stage.failure(() -> session.call("notes", ME));
        assertThat(refusal.code()).isEqualTo(code);
        return refusal.retryAfter().orElseThrow();
    }

    @Test
    void keyHasSixtyAtOnceAndOneMoreEachSecond() {
        MemberKey key = Keys.first(Booth.member(node, "alice"));
        try (Session alice = Booth.member(node, "alice").session(key);
                Session again = Booth.member(node, "alice").session(key)) {
            assertThat(through(alice, 100)).isEqualTo(60);
            assertThat(refused(alice, ErrorCode.RATE_LIMITED)).isEqualTo(Duration.ofSeconds(1));
            assertThat(refused(again, ErrorCode.RATE_LIMITED)).isEqualTo(Duration.ofSeconds(1));
            booth.time.advance(Duration.ofMillis(400));
            assertThat(refused(alice, ErrorCode.RATE_LIMITED)).isEqualTo(Duration.ofMillis(600));
            booth.time.advance(Duration.ofMillis(600));
            assertThat(through(again, 5)).isEqualTo(1);
            booth.time.advance(Duration.ofMinutes(10));
            assertThat(through(alice, 100)).isEqualTo(60);
            assertThat(booth.sent).hasSize(121);
        }
    }

    @Test
    void tokenCountsAsACall() {
        MemberKey key = Keys.first(Booth.member(node, "alice"));
        try (Session alice = Booth.member(node, "alice").session(key)) {
            assertThat(through(alice, 59)).isEqualTo(59);
            alice.tokenForSdk("notes");
            assertThat(Stage.failure(() -> alice.tokenForSdk("notes")).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        }
    }

    @Test
    void keysAreCountedApartAndTheHostsOwnWorkIsNot() {
        MemberKey key = Keys.first(Booth.member(node, "alice"));
        MemberKey bens = Keys.first(Booth.member(node, "ben"));
        try (Session alice = Booth.member(node, "alice").session(key);
                Session ben = Booth.member(node, "ben").session(bens)) {
            assertThat(through(alice, 70)).isEqualTo(60);
            assertThat(through(ben, 70)).isEqualTo(60);
        }
        Bulla other = booth.node();
        Booth.connection(other, "more");
        Booth.connect(other, "more", "carl");
        try (Session carl = open(other, "carl")) {
            for (int i = 0; i < 200; i++) {
                carl.call("more", ME);
            }
        }
    }

    @Test
    void sharedBucketsCountForAllNodes() {
        MemberKey key = Keys.first(Booth.member(node, "alice"));
        RateLimits shared = RateLimits.perKey(Buckets.shared(booth.store), new Rate(10, Duration.ofSeconds(2)));
        Bulla one = booth.node(Booth.provider().build(), setup -> setup.rateLimits(shared));
        Bulla two = booth.node(Booth.provider().build(), setup -> setup.rateLimits(shared));
        try (Session here = Booth.member(one, "alice").session(key);
                Session there = Booth.member(two, "alice").session(key)) {
            assertThat(through(here, 6)).isEqualTo(6);
            assertThat(through(there, 20)).isEqualTo(4);
            assertThat(refused(here, ErrorCode.RATE_LIMITED)).isEqualTo(Duration.ofSeconds(2));
            booth.time.advance(Duration.ofSeconds(2));
            assertThat(through(here, 5)).isEqualTo(1);
        }
    }

    @Test
    void declaredLimitOfAnAccountHoldsForThatAccount() {
        Provider declared = Booth.provider()
                .limit(ApiLimit.perAccount(Rate.of(3, Duration.ofMinutes(1))))
                .build();
        Bulla limited = booth.node(declared, setup -> setup);
        try (Session alice = open(limited, "alice");
                Session ben = open(limited, "ben")) {
            assertThat(through(alice, 10)).isEqualTo(3);
            assertThat(refused(alice, ErrorCode.RATE_LIMITED)).isEqualTo(Duration.ofSeconds(20));
            assertThat(through(ben, 10)).isEqualTo(3);
        }
    }

    /** At the end of a window, and at the beginning of the next. */
    @Test
    void twoWindowsOfAServiceMayMeet() {
        Provider declared = Booth.provider()
                .limit(ApiLimit.perAccount(Rate.window(20, Duration.ofSeconds(2))))
                .build();
        Bulla limited = booth.node(declared, setup -> setup);
        try (Session alice = open(limited, "alice")) {
            assertThat(through(alice, 60)).isEqualTo(40);
            booth.time.advance(Duration.ofSeconds(2));
            assertThat(through(alice, 60)).isEqualTo(20);
        }
    }

    @Test
    void declaredLimitOfAConnectionIsSharedByItsMembers() {
        Provider declared = Booth.provider()
                .limit(ApiLimit.perConnection(Rate.of(3, Duration.ofMinutes(1))))
                .build();
        Bulla limited = booth.node(declared, setup -> setup);
        try (Session alice = open(limited, "alice");
                Session ben = open(limited, "ben")) {
            assertThat(through(alice, 2)).isEqualTo(2);
            assertThat(through(ben, 10)).isEqualTo(1);
            assertThat(through(alice, 10)).isZero();
        }
    }

    @Test
    void pauseThatAServiceAsksForHoldsForThatAccountOnly() {
        for (int status : new int[] {429, 503, 529}) {
            booth.answers(call -> call.headers().get("Authorization").endsWith("alice")
                    ? Booth.pause(status, "30")
                    : Booth.answer(200));
            try (Session alice = open(node, "alice");
                    Session ben = open(node, "ben")) {
                assertThat(alice.call("notes", ME).status()).isEqualTo(status);
                booth.sent.clear();
                assertThat(refused(alice, ErrorCode.UPSTREAM_THROTTLED)).isEqualTo(Duration.ofSeconds(30));
                assertThat(booth.sent).isEmpty();
                assertThat(ben.call("notes", ME).status()).isEqualTo(200);
                alice.tokenForSdk("notes");
                booth.time.advance(Duration.ofSeconds(29));
                assertThat(refused(alice, ErrorCode.UPSTREAM_THROTTLED)).isEqualTo(Duration.ofSeconds(1));
                booth.time.advance(Duration.ofSeconds(1));
                booth.answers(call -> Booth.answer(200));
                assertThat(alice.call("notes", ME).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void pauseMayBeADateAndIsBounded() {
        booth.answers(call -> Booth.pause(429, "Fri, 20 Nov 2026 12:00:45 GMT"));
        try (Session alice = open(node, "alice");
                Session ben = open(node, "ben")) {
            alice.call("notes", ME);
            assertThat(refused(alice, ErrorCode.UPSTREAM_THROTTLED)).isEqualTo(Duration.ofSeconds(45));
            booth.answers(call -> Booth.pause(429, "99999999"));
            ben.call("notes", ME);
            assertThat(refused(ben, ErrorCode.UPSTREAM_THROTTLED)).isEqualTo(Duration.ofHours(1));
        }
    }

    @Test
    void refusalWithoutATimeIsNoPause() {
        booth.answers(call -> Booth.answer(429));
        try (Session alice = open(node, "alice")) {
            alice.call("notes", ME);
            assertThat(alice.call("notes", ME).status()).isEqualTo(429);
        }
    }
}
