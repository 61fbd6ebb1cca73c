package dev.bulla.store.jdbc;

import dev.bulla.store.MemberRow.KeyRow;
import dev.bulla.store.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads the columns of the present row from left to right. */
final class Row {
    private final ResultSet result;
    private int column;

    Row(ResultSet result) {
        this.result = result;
    }

    interface Mapper<T> {
        T map(Row row) throws SQLException;
    }

    String text() throws SQLException {
        return present(result.getString(++column));
    }

    @Nullable
    String textOrNull() throws SQLException {
        return result.getString(++column);
    }

    long number() throws SQLException {
        return result.getLong(++column);
    }

    @Nullable
    Long numberOrNull() throws SQLException {
        long number = result.getLong(++column);
        return result.wasNull() ? null : number;
    }

    int integer() throws SQLException {
        return result.getInt(++column);
    }

    @Nullable
    Integer integerOrNull() throws SQLException {
        int integer = result.getInt(++column);
        return result.wasNull() ? null : integer;
    }

    boolean flag() throws SQLException {
        return result.getBoolean(++column);
    }

    Sealed sealed() throws SQLException {
        return present(sealedOrNull());
    }

    @Nullable
    Sealed sealedOrNull() throws SQLException {
        byte[] bytes = result.getBytes(++column);
        int term = result.getInt(++column);
        return bytes == null ? null : Sealed.of(bytes, term);
    }

    @Nullable
    KeyRow keyOrNull() throws SQLException {
        Integer number = integerOrNull();
        String publicKey = textOrNull();
        String mac = textOrNull();
        int macTerm = integer();
        Sealed previous = sealedOrNull();
        long createdAt = number();
        return number == null
                ? null
                : new KeyRow(number, present(publicKey), present(mac), macTerm, previous, createdAt);
    }

    private static <T> T present(@Nullable T value) throws SQLException {
        if (value == null) {
            throw new SQLException("A column holds no value where the schema promises one.");
        }
        return value;
    }
}
