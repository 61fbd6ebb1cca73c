package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.key.MemberKey;
import dev.bulla.web.Caller;
import dev.bulla.web.Limits;
import dev.bulla.web.Limits.Action;
import dev.bulla.web.Limits.By;
import dev.bulla.web.WebResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often somebody may ask. */
class LimitsTest {
    private final World world = new World();
    private final Time time = new Time(Instant.parse("2026-11-20T12:00:00Z"));
    private final Limits limits = Limits.standard(time);
    private final Front front = new Front(world, "alice", limits);

    @AfterEach
    void close() {
        world.close();
    }

    private long let(int tries, Action action, By by, String who) {
        return IntStream.range(0, tries)
                .filter(once -> limits.take(action, by, who).isEmpty())
                .count();
    }

    private static void refused(WebResponse answer, String seconds) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(Front.text(answer, "code")).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(Front.json(answer).flag("retryable")).contains(true);
        assertThat(answer.headers()).containsEntry("Retry-After", List.of(seconds));
    }

    @Test
    void whoAsksTooOftenWaits() {
        assertThat(let(25, Action.CONNECT, By.MEMBER, "alice")).isEqualTo(20);
        assertThat(limits.take(Action.CONNECT, By.MEMBER, "alice")).contains(Duration.ofSeconds(15));
        time.advance(Duration.ofMillis(14_999));
        assertThat(limits.take(Action.CONNECT, By.MEMBER, "alice")).contains(Duration.ofMillis(1));
        time.advance(Duration.ofMillis(1));
        assertThat(let(2, Action.CONNECT, By.MEMBER, "alice")).isEqualTo(1);
        time.advance(Duration.ofHours(1));
        assertThat(let(25, Action.CONNECT, By.MEMBER, "alice")).isEqualTo(20);
    }

    @Test
    void kindsAndPeopleAreCountedApart() {
        assertThat(let(25, Action.CONNECT, By.MEMBER, "alice")).isEqualTo(20);
        assertThat(let(25, Action.CONNECT, By.MEMBER, "bob")).isEqualTo(20);
        assertThat(let(40, Action.FORM, By.MEMBER, "alice")).isEqualTo(30);
        assertThat(let(40, Action.UNLOCK, By.MEMBER, "alice")).isEqualTo(30);
        assertThat(let(40, Action.CALLBACK, By.MEMBER, "alice")).isEqualTo(30);
        assertThat(let(300, Action.OTHER, By.MEMBER, "alice")).isEqualTo(240);
        assertThat(let(400, Action.CONNECT, By.ADDRESS, "192.0.2.1")).isEqualTo(200);
        Caller same = new Caller("other", "alice", false);
        assertThat(limits.take(Action.CONNECT, same)).isEmpty();
    }

    @Test
    void networkOfOneMachineIsOneAddress() {
        assertThat(let(200, Action.CONNECT, By.ADDRESS, "2001:db8:0:1::1")).isEqualTo(200);
        for (String other : List.of("2001:db8:0:1::2", "2001:0db8:0000:0001:ffff:1:2:3", "2001:db8:0:1::%eth0")) {
            assertThat(let(1, Action.CONNECT, By.ADDRESS, other)).as(other).isZero();
        }
        for (String other : List.of("2001:db8:0:2::1", "2001:db8::1", "::1", "192.0.2.1", "::ffff:192.0.2.2")) {
            assertThat(let(1, Action.CONNECT, By.ADDRESS, other)).as(other).isEqualTo(1);
        }
    }

    @Test
    void clockThatIsSetBackForgives() {
        assertThat(let(25, Action.CONNECT, By.MEMBER, "alice")).isEqualTo(20);
        time.advance(Duration.ofDays(-1));
        assertThat(let(25, Action.CONNECT, By.MEMBER, "alice")).isEqualTo(20);
    }

    @Test
    void memoryIsBounded() {
        assertThat(let(25, Action.CONNECT, By.MEMBER, "alice")).isEqualTo(20);
        for (int i = 0; i < 49_999; i++) {
            limits.take(Action.CONNECT, By.MEMBER, "member-" + i);
        }
        assertThat(let(1, Action.CONNECT, By.MEMBER, "alice")).as("still known").isZero();
        for (int i = 0; i < 50_000; i++) {
            limits.take(Action.CONNECT, By.MEMBER, "other-" + i);
        }
        assertThat(let(1, Action.CONNECT, By.MEMBER, "alice")).as("forgotten").isEqualTo(1);
    }

    @Test
    void manyAtOnceAreCountedOneByOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicInteger let = new AtomicInteger();
        List<java.util.concurrent.Callable<Void>> all = IntStream.range(0, 8)
                .mapToObj(thread -> (java.util.concurrent.Callable<Void>) () -> {
                    let.addAndGet((int) let(100, Action.OTHER, By.MEMBER, "alice"));
                    return null;
                })
                .toList();
        for (var done : threads.invokeAll(all)) {
            done.get();
        }
        threads.shutdown();
        assertThat(let).hasValue(240);
    }

    @Test
    void guessingKeysIsLimitedInWhateverRequest() {
        String guess = "{\"key\":\"" + MemberKey.generate().revealText() + "\"}";
        for (int i = 0; i < 15; i++) {
            assertThat(front.post("key/confirm", guess).status()).isEqualTo(400);
            assertThat(front.post("connections/nowhere/disconnect", guess).status())
                    .isIn(400, 404);
        }
        refused(front.post("key/confirm", guess), "10");
        refused(front.post("key/revoke", guess), "10");
        assertThat(front.get("key").status()).isEqualTo(200);
        front.remote = "192.0.2.1";
        refused(front.post("key/confirm", guess), "10");
        assertThat(front.as("bob", false).post("key/confirm", guess).status()).isEqualTo(400);
    }

    @Test
    void connectIsLimitedByItself() {
        for (int i = 0; i < 20; i++) {
            assertThat(front.post("connections/nowhere/connect", "").status()).isEqualTo(404);
        }
        refused(front.post("connections/nowhere/connect", ""), "15");
        assertThat(front.get("connections").status()).isEqualTo(200);
    }

    @Test
    void callbackIsLimitedToo() {
        for (int i = 0; i < 30; i++) {
            assertThat(front.send(front.request("GET", "/bulla/callback/x", "code=a", ""))
                            .status())
                    .isEqualTo(303);
        }
        refused(front.send(front.request("GET", "/bulla/callback/x", "code=a", "")), "10");
    }

    @Test
    void strangersAreCountedByAddressBeforeTheyAreAskedWhoTheyAre() {
        front.caller = null;
        for (int i = 0; i < 2_400; i++) {
            assertThat(front.get("key").status()).isEqualTo(401);
        }
        refused(front.get("key"), "1");
        refused(front.get("nowhere"), "1");
        front.remote = "192.0.2.7";
        assertThat(front.get("key").status()).isEqualTo(401);
    }

    @Test
    void hostMayCountElsewhere() {
        List<String> asked = new java.util.ArrayList<>();
        Limits own = (action, by, who) -> {
            asked.add(action + " " + by + " " + who.replace('\n', '/'));
            return Optional.empty();
        };
        new Front(world, "alice", own).post("connections/nowhere/refresh", "{\"key\":\"x\"}");
        assertThat(asked)
                .containsExactly(
                        "CONNECT ADDRESS 127.0.0.1",
                        "CONNECT MEMBER acme/alice",
                        "UNLOCK ADDRESS 127.0.0.1",
                        "UNLOCK MEMBER acme/alice");
    }

    @Test
    void tooManyOpenFlowsAreToldWithATime() {
        world.connection("notes");
        Front alice = new Front(world, "alice");
        WebResponse last = alice.post("connections/notes/connect", "");
        for (int i = 0; i < 10; i++) {
            last = alice.post("connections/notes/connect", "");
        }
        assertThat(last.status()).isEqualTo(429);
        assertThat(Front.text(last, "code")).isEqualTo("TOO_MANY_FLOWS");
        assertThat(last.headers()).containsKey("Retry-After");
    }
}
