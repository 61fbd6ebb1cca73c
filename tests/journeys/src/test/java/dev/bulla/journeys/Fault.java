package dev.bulla.journeys;

import dev.bulla.databases.MisfortunePool;
import dev.bulla.databases.Step;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may happen at one trip to a database.
 *
 * @param refusals how many connections are refused afterwards
 */
record Fault(String name, Effect effect, int refusals) {
    /** Takes the step or does not, and throws what the driver would throw. */
    interface Effect {
        @Nullable
        Object at(Step step) throws SQLException;
    }

    private static final List<Fault> DROPPED = List.of(
            new Fault("connection dropped before", Fault::droppedBefore, 0),
            new Fault("connection dropped after", Fault::droppedAfter, 0),
            new Fault("database away from before", Fault::droppedBefore, 6),
            new Fault("database away from after", Fault::droppedAfter, 6));

    static final List<Fault> POSTGRES = and(
            undone("serialization failure", () -> new SQLException("struck", "40001")),
            undone("deadlock", () -> new SQLException("struck", "40P01")),
            undone("statement timeout", () -> new SQLException("struck", "57014")),
            done("timeout after all was done", () -> new SQLException("struck", "57014")));

    static final List<Fault> H2 = and(
            undone("deadlock", () -> new SQLException("struck", "40001", 40001)),
            skipped("lock wait", () -> new SQLTimeoutException("struck", "HYT00", 50200)),
            undone("statement timeout", () -> new SQLTimeoutException("struck", "57014", 57014)),
            done("timeout after all was done", () -> new SQLTimeoutException("struck", "57014", 57014)));

    static final List<Fault> MARIADB = and(
            undone("deadlock", () -> new SQLException("struck", "40001", 1213)),
            skipped("lock wait", () -> new SQLException("struck", "HY000", 1205)),
            skipped("statement timeout", () -> new SQLTimeoutException("struck", "70100", 1969)),
            done("timeout after all was done", () -> new SQLTimeoutException("struck", "70100", 1969)));

    private static List<Fault> and(Fault... others) {
        return Stream.concat(DROPPED.stream(), Stream.of(others)).toList();
    }

    /** The transaction is over, and nothing of it was written. */
    private static Fault undone(String name, Supplier<SQLException> thrown) {
        return new Fault(
                name,
                step -> {
                    step.undo();
                    throw thrown.get();
                },
                0);
    }

    /** The step alone is not taken; the transaction goes on if it is let. */
    private static Fault skipped(String name, Supplier<SQLException> thrown) {
        return new Fault(
                name,
                step -> {
                    throw thrown.get();
                },
                0);
    }

    private static Fault done(String name, Supplier<SQLException> thrown) {
        return new Fault(
                name,
                step -> {
                    step.take();
                    throw thrown.get();
                },
                0);
    }

    private static @Nullable Object droppedBefore(Step step) throws SQLException {
        step.cut();
        throw MisfortunePool.lost();
    }

    private static @Nullable Object droppedAfter(Step step) throws SQLException {
        step.take();
        step.cut();
        throw MisfortunePool.lost();
    }

    @Override
    public String toString() {
        return name;
    }
}
