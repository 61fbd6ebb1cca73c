package dev.bulla.store.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the host's pool, set up as a verb needs it and handed back as it was. A connection that can not be set back is
 * aborted, so that the pool does not lend it again.
 */
final class Borrowed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Borrowed.class);

    private final Connection connection;
    private final boolean autoCommit;
    private boolean changed;
    private boolean readOnly;
    private @Nullable Integer isolation;

    private Borrowed(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
    }

    /** The pool gave no connection. */
    static final class NoConnection extends Exception {
        private static final long serialVersionUID = 1L;

        NoConnection(Throwable cause) {
            super(cause);
        }
    }

    /** For single reading statements: each is a transaction of its own. */
    static Borrowed reading(DataSource pool) throws SQLException, NoConnection {
        Borrowed borrowed = from(pool);
        try {
            if (!borrowed.autoCommit) {
                borrowed.changed = true;
                borrowed.connection.setAutoCommit(true);
            }
            return borrowed;
        } catch (SQLException | RuntimeException e) {
            borrowed.close();
            throw e;
        }
    }

    /** For one writing transaction. */
    static Borrowed writing(DataSource pool) throws SQLException, NoConnection {
        return writing(pool, false);
    }

    /** For single writing statements: each is a transaction of its own, which the database ends without waiting for anybody. */
    static Borrowed writingAlone(DataSource pool) throws SQLException, NoConnection {
        return writing(pool, true);
    }

    private static Borrowed writing(DataSource pool, boolean alone) throws SQLException, NoConnection {
        Borrowed borrowed = reading(pool);
        Connection connection = borrowed.connection;
        borrowed.changed = true;
        try {
            if (connection.isReadOnly()) {
                connection.setReadOnly(false);
                borrowed.readOnly = true;
            }
            int isolation = connection.getTransactionIsolation();
            if (isolation != Connection.TRANSACTION_READ_COMMITTED) {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                borrowed.isolation = isolation;
            }
            if (!alone) {
                connection.setAutoCommit(false);
            }
            return borrowed;
        } catch (SQLException | RuntimeException e) {
            borrowed.close();
            throw e;
        }
    }

    private static Borrowed from(DataSource pool) throws SQLException, NoConnection {
        Connection connection;
        try {
            connection = pool.getConnection();
        } catch (SQLException | RuntimeException e) {
            throw new NoConnection(e);
        }
        try {
            return new Borrowed(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Takes back what is not committed. Where that fails, the connection is given up, and with it the transaction. */
    void rollback() {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException e) {
            log("A transaction could not be rolled back; its connection is given up", e);
            abort();
        }
    }

    /** Hands the connection back. What fails here does not change the answer of the verb, so it is logged. */
    @Override
    public void close() {
        try {
            if (changed && !connection.isClosed()) {
                restore();
            }
        } catch (SQLException | RuntimeException e) {
            log("A connection could not be set back and is given up", e);
            abort();
        }
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            log("A connection could not be handed back", e);
        }
    }

    private void restore() throws SQLException {
        if (readOnly || isolation != null) {
            connection.setAutoCommit(true);
            if (isolation != null) {
                connection.setTransactionIsolation(isolation);
            }
            if (readOnly) {
                connection.setReadOnly(true);
            }
        }
        if (connection.getAutoCommit() != autoCommit) {
            connection.setAutoCommit(autoCommit);
        }
    }

    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            log("A connection could not be aborted", e);
        }
    }

    private static void log(String what, Exception e) {
        LOG.warn(
                "{}: {}",
                what,
                e instanceof SQLException sql ? Fault.withoutValues(sql).getMessage() : e.getClass());
    }
}
