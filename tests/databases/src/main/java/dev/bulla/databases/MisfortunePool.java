package dev.bulla.databases;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool with adjustable misfortune, which also watches whether connections come back, and as they were. Thread-safe. */
public final class MisfortunePool {
    /** What happens to the next commits. */
    public enum Commit {
        FINE,
        /** Done, but the answer is lost. */
        ANSWER_LOST,
        /** Not done, and the caller can not know. */
        NOT_DONE,
        /** The pool rolls back and says nothing. */
        IGNORED
    }

    /** Stands between every step and the database. */
    public interface Fate {
        /** Takes the step, or does not; what this throws, the caller of the driver gets. */
        @Nullable
        Object meet(Step step) throws SQLException;

        /** Asked before a connection is lent. */
        default void meetBorrower() throws SQLException {}
    }

    private final DataSource pool;
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger changed = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger badCommits = new AtomicInteger();
    private final AtomicInteger badStatements = new AtomicInteger();
    private volatile Commit commit = Commit.FINE;
    private volatile Fate fate = this::usual;

    public MisfortunePool(DataSource pool) {
        this.pool = pool;
    }

    /** From now on, {@code times} commits go this way. */
    public void commits(Commit commit, int times) {
        this.commit = commit;
        badCommits.set(times);
    }

    /** From now on, {@code times} statements meet a lost connection. */
    public void statements(int times) {
        badStatements.set(times);
    }

    /** From now on, every step meets this instead. */
    public void fate(Fate fate) {
        this.fate = fate;
    }

    public int badCommitsLeft() {
        return badCommits.get();
    }

    /** Connections that are lent. */
    public int open() {
        return open.get();
    }

    public int mostOpen() {
        return mostOpen.get();
    }

    /** Connections that came back with another autocommit, read-only or isolation than they had. */
    public int changed() {
        return changed.get();
    }

    public DataSource dataSource() {
        return Lent.proxy(DataSource.class, (proxy, method, args) -> {
            if (!method.getName().equals("getConnection")) {
                return Lent.call(pool, method, args);
            }
            fate.meetBorrower();
            Connection connection = (Connection) Objects.requireNonNull(Lent.call(pool, method, args));
            Connection lent = new Lent(this, pool, connection).proxy();
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
            return lent;
        });
    }

    @Nullable
    Object meet(Step step) throws SQLException {
        return fate.meet(step);
    }

    private @Nullable Object usual(Step step) throws SQLException {
        return switch (step.kind()) {
            case STATEMENT -> statement(step);
            case COMMIT -> commit(step);
            case ROLLBACK -> step.take();
        };
    }

    private @Nullable Object statement(Step step) throws SQLException {
        if (badStatements.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw lost();
        }
        return step.take();
    }

    private @Nullable Object commit(Step step) throws SQLException {
        if (badCommits.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
            return step.take();
        }
        if (commit == Commit.ANSWER_LOST) {
            step.take();
        } else {
            step.undo();
        }
        if (commit == Commit.IGNORED) {
            return null;
        }
        throw lost();
    }

    /** What drivers throw where a connection breaks. */
    public static SQLException lost() {
        return new SQLException("The connection is lost.", "08006");
    }
}
