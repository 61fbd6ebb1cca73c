package dev.bulla.databases;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One trip to the database: a statement, or the end of a transaction. Used by one thread. */
public final class Step {
    /** What kind of trip. */
    public enum Kind {
        STATEMENT,
        COMMIT,
        ROLLBACK
    }

    /** The trip itself. */
    interface Trip {
        @Nullable
        Object make() throws Throwable;
    }

    private final Kind kind;
    private final String words;
    private final Lent lent;
    private final Trip trip;

    Step(Kind kind, String words, Lent lent, Trip trip) {
        this.kind = kind;
        this.words = words;
        this.lent = lent;
        this.trip = trip;
    }

    public Kind kind() {
        return kind;
    }

    /** The SQL, or what stands for it. */
    public String words() {
        return words;
    }

    /** Carries it out. */
    public @Nullable Object take() throws SQLException {
        try {
            return trip.make();
        } catch (SQLException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes back what its transaction has written. */
    public void undo() throws SQLException {
        Connection connection = lent.connection();
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    /** Ends its connection, and with it the transaction. */
    public void cut() {
        lent.cut();
    }
}
