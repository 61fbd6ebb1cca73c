package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.databases.MisfortunePool;
import dev.bulla.databases.Step;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.store.Store;

/** One verb in a process of its own, which is struck once and ends in order; and what is true then. */
final class Trial {
    private final Stage stage;
    private final MisfortunePool pool;
    private final StruckVerb verb;
    private final Fault fault;
    private final int step;
    private final Strike strike;
    private final Struck struck;

    Trial(Stage stage, MisfortunePool pool, StruckVerb verb, Fault fault, int step, String member) {
        this.stage = stage;
        this.pool = pool;
        this.verb = verb;
        this.fault = fault;
        this.step = step;
        strike = new Strike(fault, step);
        struck = new Struck(stage, member);
    }

    /** Whether there was a step to be struck. */
    boolean struck() {
        return strike.hasStruck();
    }

    /** What was answered, and what became of the account. */
    String run(Store store) {
        verb.prepare(struck);
        String before = struck.status();
        stage.world.server.journal().clear();
        Bulla node = stage.world.start(store);
        pool.fate(strike);
        String answer = answer(node);
        node.close();
        pool.fate(Step::take);
        String outcome = answer;
        try {
            assertThat(pool.open()).isZero();
            assertThat(pool.changed()).isZero();
            struck.claimsEnd();
            String after = struck.status();
            outcome += ", " + after;
            if (fault.refusals() == 0) {
                assertThat(outcome).isEqualTo(verb.answer + ", " + verb.status);
            }
            assertThat(answer).isIn(verb.answer, "STORE_UNAVAILABLE", "store_unavailable", "0 of 1");
            assertThat(after).as("done, or as before").isIn(verb.status, before);
            assertThat(stage.redemptions()).isLessThanOrEqualTo(1);
            struck.goesOn(verb.settle(struck));
            return outcome;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "%s, %s at step %d (%s), which led to: %s".formatted(verb, fault, step, strike.words(), outcome),
                    e);
        }
    }

    private String answer(Bulla node) {
        try {
            return verb.act(struck, node);
        } catch (BullaException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            return e.code().name();
        }
    }
}
