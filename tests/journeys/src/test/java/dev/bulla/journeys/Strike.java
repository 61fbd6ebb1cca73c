package dev.bulla.journeys;

import dev.bulla.databases.MisfortunePool;
import dev.bulla.databases.Step;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A fault at the n-th trip to the database. */
final class Strike implements MisfortunePool.Fate {
    private final Fault fault;
    private final int at;
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile String words = "";

    Strike(Fault fault, int at) {
        this.fault = fault;
        this.at = at;
    }

    @Override
    public @Nullable Object meet(Step step) throws SQLException {
        if (steps.incrementAndGet() != at) {
            return step.take();
        }
        words = step.words().strip();
        refusals.set(fault.refusals());
        return fault.effect().at(step);
    }

    @Override
    public void meetBorrower() throws SQLException {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new SQLTransientConnectionException("No connection.", "08001");
        }
    }

    boolean hasStruck() {
        return steps.get() >= at;
    }

    /** What was struck. */
    String words() {
        return words;
    }
}
