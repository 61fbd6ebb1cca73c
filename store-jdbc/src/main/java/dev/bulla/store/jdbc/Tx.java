package dev.bulla.store.jdbc;

import dev.bulla.store.Sealed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements on one connection. Used by one thread, for one run of a verb. */
final class Tx {
    private final Connection connection;
    private final int timeoutSeconds;
    private boolean undone;

    Tx(Connection connection, int timeoutSeconds) {
        this.connection = connection;
        this.timeoutSeconds = timeoutSeconds;
    }

    /** Ends the verb with {@code answer} and takes back what it has written. */
    <T> T undo(T answer) {
        undone = true;
        return answer;
    }

    boolean isUndone() {
        return undone;
    }

    /** How many rows were changed. */
    int update(Text text, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(text, values)) {
            return statement.executeUpdate();
        }
    }

    /**
     * The same statement for many rows, in one trip where the driver can.
     *
     * @return how many rows were changed for each, or {@link Statement#SUCCESS_NO_INFO} where the driver does not say
     */
    int[] updateAll(Text text, List<@Nullable Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = prepare(text)) {
            for (@Nullable Object[] values : rows) {
                for (int i = 0; i < values.length; i++) {
                    bind(statement, i + 1, values[i]);
                }
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    <T> Optional<T> one(Text text, Row.Mapper<T> mapper, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(text, values);
                ResultSet result = statement.executeQuery()) {
            return result.next() ? Optional.of(mapper.map(new Row(result))) : Optional.empty();
        }
    }

    <T> List<T> all(Text text, Row.Mapper<T> mapper, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(text, values);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(mapper.map(new Row(result)));
            }
            return rows;
        }
    }

    private PreparedStatement prepare(Text text, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.sql());
        try {
            if (timeoutSeconds > 0) {
                statement.setQueryTimeout(timeoutSeconds);
            }
            for (int i = 0; i < values.length; i++) {
                bind(statement, i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof String text) {
            statement.setString(index, text);
        } else if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof Integer integer) {
            statement.setInt(index, integer);
        } else if (value instanceof Boolean flag) {
            statement.setBoolean(index, flag);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value == null) {
            statement.setNull(index, Types.NULL);
        } else {
            throw new IllegalArgumentException(
                    "No binding for " + value.getClass().getName());
        }
    }

    static byte @Nullable [] bytes(@Nullable Sealed sealed) {
        return sealed == null ? null : sealed.bytes();
    }

    static @Nullable Integer term(@Nullable Sealed sealed) {
        return sealed == null ? null : sealed.hostTerm();
    }
}
