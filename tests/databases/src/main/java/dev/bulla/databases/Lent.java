package dev.bulla.databases;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A connection that is lent: its steps meet the fate of the pool, and it may be cut. */
final class Lent {
    private final MisfortunePool owner;
    private final DataSource pool;
    private final Connection connection;
    private final State before;
    private boolean cut;

    Lent(MisfortunePool owner, DataSource pool, Connection connection) throws SQLException {
        this.owner = owner;
        this.pool = pool;
        this.connection = connection;
        before = State.of(connection);
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
    }

    private record State(boolean autoCommit, boolean readOnly, int isolation) {
        static State of(Connection connection) throws SQLException {
            return new State(connection.getAutoCommit(), connection.isReadOnly(), connection.getTransactionIsolation());
        }
    }

    Connection connection() {
        return connection;
    }

    Connection proxy() {
        return proxy(Connection.class, (proxy, method, args) -> switch (method.getName()) {
            case "close" -> close(method);
            case "isClosed" -> cut || connection.isClosed();
            case "abort" -> cut ? null : call(connection, method, args);
            case "commit" -> meet(Step.Kind.COMMIT, "commit", () -> call(connection, method, args));
            case "rollback" -> meet(Step.Kind.ROLLBACK, "rollback", () -> call(connection, method, args));
            case "prepareStatement" ->
                statement((String) args[0], (PreparedStatement) Objects.requireNonNull(live(method, args)));
            default -> live(method, args);
        });
    }

    private PreparedStatement statement(String sql, PreparedStatement statement) {
        return proxy(
                PreparedStatement.class,
                (proxy, method, args) -> method.getName().startsWith("execute")
                        ? meet(Step.Kind.STATEMENT, sql, () -> call(statement, method, args))
                        : call(statement, method, args));
    }

    private @Nullable Object meet(Step.Kind kind, String words, Step.Trip trip) throws SQLException {
        refuseCut();
        return owner.meet(new Step(kind, words, this, trip));
    }

    private @Nullable Object live(Method method, Object[] args) throws Throwable {
        refuseCut();
        return call(connection, method, args);
    }

    private void refuseCut() throws SQLException {
        if (cut) {
            throw new SQLException("The connection is closed.", "08003");
        }
    }

    /** The server sees the connection end; the pool does not lend it again. */
    void cut() {
        cut = true;
        try {
            connection.unwrap(Connection.class).close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (pool instanceof HikariDataSource hikari) {
            hikari.evictConnection(connection);
        }
    }

    private @Nullable Object close(Method method) throws Throwable {
        owner.open.decrementAndGet();
        try {
            if (!connection.isClosed() && !cut) {
                if (!State.of(connection).equals(before)) {
                    owner.changed.incrementAndGet();
                }
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
            return call(connection, method, null);
        } catch (SQLException e) {
            if (cut) {
                return null;
            }
            throw e;
        }
    }

    static @Nullable Object call(Object target, Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
