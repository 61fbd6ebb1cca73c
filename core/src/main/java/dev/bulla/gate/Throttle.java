package dev.bulla.gate;

import dev.bulla.error.BullaException;
import dev.bulla.error.CallRefused;
import dev.bulla.error.ErrorCode;
import dev.bulla.limit.Buckets;
import dev.bulla.limit.Rate;
import dev.bulla.limit.RateLimits;
import dev.bulla.oauth2.RetryAfter;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.store.AccountGlance;
import dev.bulla.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The step of limits: those of the host, and the pauses that services ask for. Thread-safe. */
final class Throttle {
    /** Of refusals beyond the limit, these have an entry of their own. */
    private static final Rate ENTRIES = new Rate(5, Duration.ofSeconds(10));

    /** 529 is some services' word for being overloaded. */
    private static final Set<Integer> PAUSING = Set.of(429, 503, 529);

    private final RateLimits limits;
    private final Pauses pauses;
    private final Buckets entries;
    private final Clock clock;

    Throttle(RateLimits limits, Clock clock) {
        this.limits = limits;
        this.pauses = new Pauses(clock);
        this.entries = Buckets.inMemory(clock);
        this.clock = clock;
    }

    /** @throws CallRefused {@code UPSTREAM_THROTTLED} or {@code RATE_LIMITED}, with the time to wait */
    void check(Passage passage) {
        if (passage.kind() != Errand.Kind.TOKEN) {
            refusePause(passage);
        }
        taken(passage).ifPresent(wait -> {
            throw CallRefused.until(
                    ErrorCode.RATE_LIMITED,
                    passage.connection(),
                    wait,
                    "more calls on '" + passage.connection() + "' than the limit lets through");
        });
    }

    void refusePause(Passage passage) {
        pauses.left(account(passage)).ifPresent(left -> {
            throw CallRefused.until(
                    ErrorCode.UPSTREAM_THROTTLED,
                    passage.connection(),
                    left,
                    "'" + passage.connection() + "': the service asked for a pause that is not over");
        });
    }

    private Optional<Duration> taken(Passage passage) {
        AccountGlance glance = passage.seen().glance();
        RateLimits.Taker taker = new RateLimits.Taker(
                passage.caller().tenant(),
                passage.caller().member(),
                passage.caller().key(),
                passage.seen().connection().id(),
                glance == null ? "" : glance.id(),
                passage.provider().limit());
        return asked(taker);
    }

    /** Counts a call that is refused; whether there is to be an entry of it. */
    boolean mayWrite(Passage passage, ErrorCode refusal) {
        Caller caller = passage.caller();
        if (refusal != ErrorCode.RATE_LIMITED && isWithinLimit(caller)) {
            return true;
        }
        return entries.take(caller.tenant(), caller.member() + "\n" + caller.key(), ENTRIES)
                .isEmpty();
    }

    private boolean isWithinLimit(Caller caller) {
        try {
            return asked(new RateLimits.Taker(caller.tenant(), caller.member(), caller.key(), "", "", Optional.empty()))
                    .isEmpty();
        } catch (StoreException | BullaException e) { // nobody knows
            return false;
        }
    }

    private Optional<Duration> asked(RateLimits.Taker taker) {
        try {
            return Objects.requireNonNull(limits.take(taker));
        } catch (StoreException | BullaException e) {
            throw e;
        } catch (RuntimeException e) { // of the host's code; its text may hold anything
            throw new BullaException(ErrorCode.SETUP, "the host's limits failed, so no call is let through");
        }
    }

    /** Hears what the service says of its own limits. */
    void hear(Passage passage, HttpAnswer answer) {
        if (PAUSING.contains(answer.status())) {
            Duration pause = RetryAfter.of(answer, clock);
            if (pause != null) {
                pauses.begin(account(passage), pause);
            }
        }
    }

    private static String account(Passage passage) {
        AccountGlance glance = passage.seen().glance();
        return glance == null ? passage.seen().connection().id() : glance.id();
    }
}
