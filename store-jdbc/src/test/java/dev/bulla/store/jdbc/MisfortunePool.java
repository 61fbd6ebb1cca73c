package dev.bulla.store.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A pool with adjustable misfortune, which also watches whether connections come back, and as they were. */
final class MisfortunePool {
    /** What happens to the next commits. */
    enum Commit {
        FINE,
        /** Done, but the answer is lost. */
        ANSWER_LOST,
        /** Not done, and the caller can not know. */
        NOT_DONE,
        /** The pool rolls back and says nothing. */
        IGNORED
    }

    private final DataSource pool;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger changed = new AtomicInteger();
    private final AtomicInteger badCommits = new AtomicInteger();
    private final AtomicInteger badStatements = new AtomicInteger();
    private volatile Commit commit = Commit.FINE;

    MisfortunePool(DataSource pool) {
        this.pool = pool;
    }

    /** From now on, {@code times} commits go this way. */
    void commits(Commit commit, int times) {
        this.commit = commit;
        badCommits.set(times);
    }

    /** From now on, {@code times} statements meet a lost connection. */
    void statements(int times) {
        badStatements.set(times);
    }

    int badCommitsLeft() {
        return badCommits.get();
    }

    int open() {
        return open.get();
    }

    int mostOpen() {
        return mostOpen.get();
    }

    /** Connections that came back with another autocommit, read-only or isolation than they had. */
    int changed() {
        return changed.get();
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, args) -> {
            Object result = call(pool, method, args);
            return method.getName().equals("getConnection") ? lend((Connection) result) : result;
        });
    }

    private record State(boolean autoCommit, boolean readOnly, int isolation) {
        static State of(Connection connection) throws SQLException {
            return new State(connection.getAutoCommit(), connection.isReadOnly(), connection.getTransactionIsolation());
        }
    }

    private Connection lend(Connection connection) throws SQLException {
        State before = State.of(connection);
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        return proxy(Connection.class, (proxy, method, args) -> {
            switch (method.getName()) {
                case "commit" -> {
                    return commit(connection, method);
                }
                case "close" -> {
                    open.decrementAndGet();
                    if (!connection.isClosed() && !State.of(connection).equals(before)) {
                        changed.incrementAndGet();
                    }
                    if (!connection.isClosed() && !connection.getAutoCommit()) {
                        connection.rollback();
                    }
                    return call(connection, method, args);
                }
                case "prepareStatement" -> {
                    return statement((PreparedStatement) call(connection, method, args));
                }
                default -> {
                    return call(connection, method, args);
                }
            }
        });
    }

    private Object commit(Connection connection, Method method) throws Throwable {
        if (badCommits.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
            return call(connection, method, null);
        }
        if (commit == Commit.ANSWER_LOST) {
            connection.commit();
        } else {
            connection.rollback();
        }
        if (commit == Commit.IGNORED) {
            return null;
        }
        throw new SQLException("The connection is lost.", "08006");
    }

    private PreparedStatement statement(PreparedStatement statement) {
        return proxy(PreparedStatement.class, (proxy, method, args) -> {
            if (method.getName().startsWith("execute") && badStatements.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new SQLException("The connection is lost.", "08006");
            }
            return call(statement, method, args);
        });
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
