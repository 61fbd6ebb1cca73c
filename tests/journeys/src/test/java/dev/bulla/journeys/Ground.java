package dev.bulla.journeys;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.BullaBuilder;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.store.jdbc.JdbcStore;
import dev.bulla.store.jdbc.SchemaInstaller;
import dev.bulla.testkit.service.Rotation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A world on a database of the test's choice. What is on SQL can be read and written by hand, as an attacker would. */
final class Ground implements AutoCloseable {
    /** Where the rows lie. */
    enum Kind {
        MEMORY,
        H2
    }

    final World world;
    private final @Nullable HikariDataSource pool;
    private final AtomicLong offset = new AtomicLong();

    private Ground(@Nullable HikariDataSource pool, UnaryOperator<BullaBuilder> setup) {
        this.pool = pool;
        world = new World(
                Rotation.STRICT,
                ReuseRule.afterExpiry(),
                pool == null ? null : JdbcStore.of(pool).withTimeOffset(offset::get),
                setup);
    }

    static Ground of(Kind kind) {
        return kind == Kind.H2 ? h2() : new Ground(null, setup -> setup);
    }

    static Ground h2() {
        return h2(setup -> setup);
    }

    /** With a host that is set up in another way from its first start on. */
    static Ground h2(UnaryOperator<BullaBuilder> setup) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID());
        HikariDataSource pool = new HikariDataSource(config);
        SchemaInstaller.install(pool);
        return new Ground(pool, setup);
    }

    /** Moves every clock. */
    void advance(Duration by) {
        world.time.advance(by);
        offset.addAndGet(by.toMillis());
    }

    /** Writes behind the library's back; answers how many rows changed. */
    int write(String sql, @Nullable Object... values) {
        try (Connection connection = pool().getConnection();
                PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The whole database: every row of every table, by table and column. */
    List<Map<String, @Nullable Object>> dump() {
        List<Map<String, @Nullable Object>> dump = new ArrayList<>();
        for (String table : List.of("connection", "app", "member", "account", "flow", "grant", "audit")) {
            List<String> columns = read("""
                            select lower(column_name) from information_schema.columns where lower(table_name) = ?
                            order by ordinal_position""", "bulla_" + table).stream()
                    .map(row -> String.valueOf(row.get(0)))
                    .toList();
            for (List<@Nullable Object> row : read("select * from bulla_" + table)) {
                Map<String, @Nullable Object> named = new LinkedHashMap<>();
                named.put("table", table);
                for (int i = 0; i < columns.size(); i++) {
                    named.put(columns.get(i), row.get(i));
                }
                dump.add(named);
            }
        }
        return dump;
    }

    /** All rows of an answer. */
    List<List<@Nullable Object>> read(String sql, @Nullable Object... values) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Connection connection = pool().getConnection();
                PreparedStatement statement = prepare(connection, sql, values);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private HikariDataSource pool() {
        if (pool == null) {
            throw new IllegalStateException("these rows lie in memory");
        }
        return pool;
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() {
        world.close();
        if (pool != null) {
            pool.close();
        }
    }
}
