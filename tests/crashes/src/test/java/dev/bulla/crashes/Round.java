package dev.bulla.crashes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** One kill, or two, and all that is asked of the accounts afterwards. Used once. */
final class Round {
    /** How the process is killed. */
    enum Way {
        /** When every case stands at its point. */
        AT_POINTS,
        /** And nobody comes until everything is over. */
        LATE,
        /** And the process that takes over is killed as well. */
        TWICE,
        /** At some time after the start of all. */
        ANYWHERE
    }

    /** What the dead had sent still arrives. */
    private static final Duration LAST_BYTES = Duration.ofMillis(150);

    private final Ground ground;
    private final Spares spares;
    private final List<Case> cases;
    private final Way way;
    private final Duration luck;
    private final Set<String> dead = new HashSet<>();
    private int kills;

    /** @param luck when to kill, for {@link Way#ANYWHERE} */
    Round(Ground ground, Spares spares, List<Case> cases, Way way, Duration luck) {
        this.ground = ground;
        this.spares = spares;
        this.cases = cases;
        this.way = way;
        this.luck = luck;
    }

    /** @throws AssertionError where something does not hold; it says of which case */
    void run() {
        each("is prepared", Case::prepare);
        ground.advance(Service.Moments.UNTIL_DUE);
        killed(way == Way.ANYWHERE);
        each("after the kill", Case::afterKill);
        if (way == Way.TWICE) {
            advance(Service.Moments.UNTIL_ENDED);
            killed(false);
        }
        advance(way == Way.LATE ? Service.Moments.UNTIL_LATE : Service.Moments.CLAIM);
        each("after the claims", Case::afterClaims);
        if (way != Way.TWICE) {
            advance(Service.Moments.UNTIL_LATE);
        }
        each("after the end of tokens", Case::afterEnd);
        ground.endAccess();
        each("going on", Case::goesOn);
        each("its records", one -> one.person.assertRecordsOpen());
        ground.advance(Service.Moments.CLAIM);
        assertThat(ground.holders()).as("claims that do not end").isEmpty();
        ground.forget();
    }

    private void killed(boolean anywhere) {
        boolean second = kills > 0;
        WorkerProcess worker = spares.take();
        try {
            ground.tell(worker);
            each("comes to its point", one -> {
                if (second) {
                    one.strikeAgain(worker);
                } else {
                    one.strike(worker);
                }
            });
            if (anywhere) {
                LockSupport.parkNanos(luck.toNanos());
            }
        } finally {
            worker.kill();
            kills++;
            if (anywhere) {
                LockSupport.parkNanos(LAST_BYTES.toNanos());
            }
            ground.relay.drop();
        }
        ground.await(worker);
        dead.addAll(ground.holders());
        spares.forget(worker);
    }

    /** Only the dead lose their claims to it: what somebody else has begun comes to its end first. */
    private void advance(Duration by) {
        Waits.until("survivors are quiet", () -> dead.containsAll(ground.holders()));
        ground.advance(by);
    }

    private interface Doing {
        void to(Case one);
    }

    private void each(String what, Doing doing) {
        for (Case one : cases) {
            try {
                doing.to(one);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(one + ", " + what + ": " + e, e);
            }
        }
    }

    int kills() {
        return kills;
    }
}
