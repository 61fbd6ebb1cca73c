package dev.bulla.store.jdbc;

import dev.bulla.store.StoreException;
import dev.bulla.store.StoreException.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an {@link SQLException} means to us. */
enum Fault {
    /** A unique key is taken: nothing was written. Asking again finds the row that took it. */
    DUPLICATE(Kind.CONTENDED, "Rows with one key are written again and again."),
    /** Serialization failure, deadlock, lock or statement timeout: nothing was written. */
    CONTENDED(Kind.CONTENDED, "Others keep changing or locking the same rows."),
    /** No database. */
    UNAVAILABLE(Kind.UNAVAILABLE, "The database is away, or lost the connection."),
    /** Everything else: schema, privileges, settings. */
    SETUP(Kind.SETUP, "The database refused a statement: check schema, privileges and settings.");

    private static final Set<String> CONTENDED_STATES = Set.of("55P03", "57014", "HYT00");
    private static final Set<String> AWAY_STATES = Set.of("57P01", "57P02", "57P03", "25006");

    private final Kind kind;
    private final String message;

    Fault(Kind kind, String message) {
        this.kind = kind;
        this.message = message;
    }

    static Fault of(SQLException thrown, Dialect dialect) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof SQLException sql) {
                Fault fault = single(sql, dialect);
                if (fault != SETUP) {
                    return fault;
                }
            } else if (e instanceof IOException) {
                return UNAVAILABLE;
            }
        }
        return SETUP;
    }

    private static Fault single(SQLException e, Dialect dialect) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (dialect.saysDuplicate(e)) {
            return DUPLICATE;
        }
        if (state.startsWith("40")
                || CONTENDED_STATES.contains(state)
                || dialect.saysContended(e)
                || e instanceof SQLTimeoutException) {
            return CONTENDED;
        }
        boolean connection = e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || e instanceof SQLRecoverableException;
        if (state.startsWith("08")
                || state.startsWith("53")
                || AWAY_STATES.contains(state)
                || dialect.saysAway(e)
                || connection) {
            return UNAVAILABLE;
        }
        return SETUP;
    }

    StoreException because(SQLException e) {
        return new StoreException(kind, message, withoutValues(e));
    }

    StoreException because(String what) {
        return new StoreException(kind, what);
    }

    /** Pools and drivers say here what the host must know, and no row is in play: the cause is kept as it is. */
    static StoreException noConnection(@Nullable Throwable cause) {
        String state = cause instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
        return state.startsWith("28") || state.startsWith("3D")
                ? new StoreException(Kind.SETUP, "The database refused the login.", cause)
                : new StoreException(Kind.UNAVAILABLE, "The pool gave no connection.", cause);
    }

    static StoreException outcomeUnknown(@Nullable Throwable cause) {
        return new StoreException(
                Kind.UNAVAILABLE,
                "The outcome of a commit is unknown.",
                cause instanceof SQLException sql ? withoutValues(sql) : cause);
    }

    /** Whether somebody lost patience; of a commit this says nothing. */
    static boolean isTimeout(SQLException e) {
        return e instanceof SQLTimeoutException || "57014".equals(e.getSQLState());
    }

    /** Drivers quote row values in their messages; state, code and trace are kept, the words are not. */
    static SQLException withoutValues(SQLException e) {
        SQLException clean = new SQLException(
                "%s, SQLState %s, code %d".formatted(e.getClass().getSimpleName(), e.getSQLState(), e.getErrorCode()),
                e.getSQLState(),
                e.getErrorCode());
        clean.setStackTrace(e.getStackTrace());
        return clean;
    }
}
