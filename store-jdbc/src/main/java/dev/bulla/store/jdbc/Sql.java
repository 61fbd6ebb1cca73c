package dev.bulla.store.jdbc;

import dev.bulla.store.UpkeepStore;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs verbs: an own connection for each, never two at once.
 *
 * <p>A writing verb is one transaction under READ COMMITTED. A run that failed before its commit has written nothing and is run
 * again a few times, where that can help. Where the outcome of a commit is unknown, the verb is run again too, on a new connection,
 * and then finds by its attempt id whether it was done; so every verb is written to be run again.
 */
final class Sql {
    private static final int TRIES = 8;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Whoever reads changes waits for younger ones no longer than they may stay invisible. */
    static final long COMMIT_WITHIN_NANOS = TimeUnit.MILLISECONDS.toNanos(UpkeepStore.SETTLING_MILLIS / 3);

    private final DataSource pool;
    private final Dialect dialect;
    private final String prefix;
    private final @Nullable LongSupplier offset;
    private final LongSupplier nanos;

    Sql(DataSource pool, Dialect dialect, String prefix, @Nullable LongSupplier offset) {
        this(pool, dialect, prefix, offset, System::nanoTime);
    }

    /** @param nanos the monotonic clock */
    Sql(DataSource pool, Dialect dialect, String prefix, @Nullable LongSupplier offset, LongSupplier nanos) {
        this.nanos = nanos;
        this.pool = pool;
        this.dialect = dialect;
        this.prefix = prefix;
        this.offset = offset;
    }

    /** One or more reading statements. */
    interface Query<T> {
        T run(Tx tx) throws SQLException;
    }

    /** One writing transaction. */
    interface Work<T> {
        /** Runs once; {@code again} where an earlier run may have been committed. */
        T run(Tx tx, boolean again) throws SQLException;
    }

    /** The commit was sent and its answer did not come. */
    private static final class CommitUnknown extends Exception {
        private static final long serialVersionUID = 1L;

        CommitUnknown(SQLException cause) {
            super(cause);
        }
    }

    /** Asks the database which one it is. */
    static Dialect dialectOf(DataSource pool) {
        try (Borrowed borrowed = Borrowed.reading(pool)) {
            return Dialect.of(borrowed.connection());
        } catch (Borrowed.NoConnection e) {
            throw Fault.noConnection(e.getCause());
        } catch (SQLException e) {
            throw Fault.UNAVAILABLE.because(e);
        }
    }

    Dialect dialect() {
        return dialect;
    }

    String prefix() {
        return prefix;
    }

    Text text(String template) {
        return new Text(template, dialect, prefix, offset);
    }

    <T> T read(Query<T> query) {
        long start = System.nanoTime();
        for (int tries = 1; ; tries++) {
            try (Borrowed borrowed = Borrowed.reading(pool)) {
                return query.run(new Tx(borrowed.connection(), 0));
            } catch (Borrowed.NoConnection e) {
                throw Fault.noConnection(e.getCause());
            } catch (SQLException e) {
                giveUpOrPause(e, tries, start);
            }
        }
    }

    /**
     * One statement, which may be repeated, as a transaction of its own. It may lock many rows: the database lets go of them by itself,
     * so that nobody waits for a caller who stands still.
     */
    void writeAlone(Text text, @Nullable Object... values) {
        long start = System.nanoTime();
        for (int tries = 1; ; tries++) {
            try (Borrowed borrowed = Borrowed.writingAlone(pool)) {
                new Tx(borrowed.connection(), dialect.timeoutSeconds()).update(text, values);
                return;
            } catch (Borrowed.NoConnection e) {
                throw Fault.noConnection(e.getCause());
            } catch (SQLException e) {
                giveUpOrPause(e, tries, start);
            }
        }
    }

    <T> T write(Work<T> work) {
        return write(work, null);
    }

    /**
     * @param lost the answer where the work meets contention, or null to try again
     */
    <T> T write(Work<T> work, @Nullable T lost) {
        boolean again = false;
        long start = System.nanoTime();
        for (int tries = 1; ; tries++) {
            try {
                return once(work, again);
            } catch (CommitUnknown e) {
                again = true;
                giveUpOnCommitOrPause(e.getCause(), tries, start);
            } catch (Borrowed.NoConnection e) {
                if (!again) {
                    throw Fault.noConnection(e.getCause());
                }
                giveUpOnCommitOrPause(e.getCause(), tries, start);
            } catch (SQLException e) {
                if (again) {
                    giveUpOnCommitOrPause(e, tries, start);
                } else if (lost != null && Fault.of(e, dialect) == Fault.CONTENDED) {
                    return lost;
                } else {
                    giveUpOrPause(e, tries, start);
                }
            }
        }
    }

    private <T> T once(Work<T> work, boolean again) throws SQLException, CommitUnknown, Borrowed.NoConnection {
        try (Borrowed borrowed = Borrowed.writing(pool)) {
            Tx tx = new Tx(borrowed.connection(), dialect.timeoutSeconds());
            boolean whole = false;
            long start = nanos.getAsLong();
            try {
                T answer = work.run(tx, again);
                if (nanos.getAsLong() - start > COMMIT_WITHIN_NANOS) {
                    throw new SQLTimeoutException("too old to be committed");
                }
                whole = !tx.isUndone();
                if (whole) {
                    commit(borrowed);
                }
                return answer;
            } finally {
                if (!whole) {
                    borrowed.rollback();
                }
            }
        }
    }

    private void commit(Borrowed borrowed) throws SQLException, CommitUnknown {
        try {
            borrowed.connection().commit();
        } catch (SQLException e) {
            Fault fault = Fault.of(e, dialect);
            borrowed.rollback();
            if (fault == Fault.DUPLICATE || (fault == Fault.CONTENDED && !Fault.isTimeout(e))) {
                throw e;
            }
            throw new CommitUnknown(e);
        }
    }

    private void giveUpOrPause(SQLException e, int tries, long start) {
        Fault fault = Fault.of(e, dialect);
        if (fault == Fault.SETUP || isOver(tries, start)) {
            throw fault.because(e);
        }
        pause(tries);
    }

    private static void giveUpOnCommitOrPause(@Nullable Throwable cause, int tries, long start) {
        if (isOver(tries, start)) {
            throw Fault.outcomeUnknown(cause);
        }
        pause(tries);
    }

    private static boolean isOver(int tries, long start) {
        return tries >= TRIES || System.nanoTime() - start > PATIENCE_NANOS;
    }

    /** 5 ms at first, doubling to 320 ms, with jitter. */
    private static void pause(int tries) {
        long millis = 5L << Math.min(tries - 1, 6);
        try {
            TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextLong(millis * 500, millis * 1500));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.UNAVAILABLE.because("The caller was interrupted while it waited for the database.");
        }
    }
}
