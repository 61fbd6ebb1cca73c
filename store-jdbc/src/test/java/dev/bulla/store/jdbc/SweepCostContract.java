package dev.bulla.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.store.Store;
import dev.bulla.store.UpkeepStore.AccountRef;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sweep reads, as the database itself counts it: what is due, not what is stored. In tables of its own. */
abstract class SweepCostContract {
    private static final int STORED = 20_000;
    private static final int OFF = 20_000;
    private static final int LIMIT = 400;

    private final List<String> texts = new CopyOnWriteArrayList<>();
    private Store store;

    abstract DataSource database();

    /** A table of the numbers from 1 to this one, in a column {@code n}. */
    abstract String numbers(int count);

    /** How many rows of the accounts this plan, which was carried out, has read. */
    abstract int accountsRead(String plan);

    @BeforeEach
    void fill() throws SQLException {
        SchemaInstaller.install(database(), "cost_");
        store = JdbcStore.of(recorded(database())).withTablePrefix("cost_");
        execute("delete from cost_account");
        execute("delete from cost_connection");
        connections("on", 50, true);
        connections("off", 1, false);
        accounts("stored", STORED, "'on-' || mod(n, 50)", store.now() + 60_000, 1_000);
        execute("analyze");
    }

    private void connections(String name, int count, boolean enabled) throws SQLException {
        execute("""
                insert into cost_connection (id, tenant, name, provider, mode, enabled, complete, required, revision,
                    scopes, settings, seal_no, row_version, attempt, connects, created_at, changed_at)
                select '%1$s-' || mod(n, %2$d), 't', '%1$s-' || n, 'p', 'oauth', %3$s, true, false, 1, '', '{}', 0, 1, '', 0, 0, 0
                from (%4$s) numbers""".formatted(name, count, enabled, numbers(count)));
    }

    private void accounts(String name, int count, String connection, long refreshAt, int step) throws SQLException {
        execute("""
                insert into cost_account (id, tenant, member, connection_id, label, app_id, status, scopes, attributes,
                    sealed, host_term, seal_no, key_no, member_key_no, claim_by, claim_until, intent_attempts, refresh_at, refresh_by,
                    look_at, row_version, attempt, connected_at, created_at, changed_at)
                select '%1$s-' || n, 't', 'm-' || n, %2$s, '%1$s', 'app', 'ACTIVE', '', '{}', null, 1, 1, 0, 0, '', 0, 0,
                    %3$d + n * %4$d, %3$d + n * %4$d, %3$d + n * %4$d, 1, '', 0, 0, 0
                from (%5$s) numbers""".formatted(name, connection, refreshAt, step, numbers(count)));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A pool that remembers the statements that were prepared on it. */
    private DataSource recorded(DataSource pool) {
        return around(DataSource.class, pool);
    }

    private <T> T around(Class<T> type, Object inner) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        texts.add((String) arguments[0]);
                    }
                    try {
                        Object answer = method.invoke(inner, arguments);
                        return answer instanceof Connection ? around(Connection.class, answer) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private List<String> due() {
        return store.upkeep().due(0, LIMIT).stream().map(AccountRef::id).toList();
    }

    /** The plan of the statement that the store sent for accounts last, carried out once more. */
    private String plan(Object... values) throws SQLException {
        String sql = texts.stream()
                .filter(text -> text.startsWith("select") && text.contains("cost_account"))
                .reduce((former, later) -> later)
                .orElseThrow();
        List<String> lines = new ArrayList<>();
        try (Connection connection = database().getConnection();
                PreparedStatement statement = connection.prepareStatement("explain analyze " + sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
        }
        return String.join("\n", lines);
    }

    @Test
    void nothingIsReadWhereNothingIsDue() throws SQLException {
        assertThat(due()).isEmpty();
        assertThat(accountsRead(plan(0L, LIMIT))).isLessThanOrEqualTo(1);
    }

    @Test
    void whatIsDueIsReadInOrderAndNothingElse() throws SQLException {
        accounts("due", 1_000, "'on-' || mod(n, 50)", store.now() - 10_000, 1);
        execute("analyze");
        assertThat(due()).hasSize(LIMIT).allMatch(id -> id.startsWith("due-"));
        assertThat(accountsRead(plan(0L, LIMIT))).isBetween(LIMIT, LIMIT + 1);
    }

    @Test
    void connectionThatIsOffIsReadOnce() throws SQLException {
        accounts("off", OFF, "'off-0'", store.now() - 10_000_000, 1);
        accounts("due", 1_000, "'on-' || mod(n, 50)", store.now() - 10_000, 1);
        execute("analyze");
        assertThat(due()).hasSize(LIMIT).allMatch(id -> id.startsWith("due-"));
        assertThat(due()).hasSize(LIMIT).allMatch(id -> id.startsWith("due-"));
        assertThat(accountsRead(plan(0L, LIMIT))).isBetween(LIMIT, LIMIT + 1);

        execute("update cost_connection set enabled = true where id = 'off-0'");
        assertThat(due()).hasSize(LIMIT).allMatch(id -> id.startsWith("off-"));
    }

    @Test
    void datesToLookAtAreFoundByTheirTime() throws SQLException {
        accounts("near", 1_000, "'on-' || mod(n, 50)", store.now() - 10_000, 1);
        execute("analyze");
        assertThat(store.upkeep().looks(LIMIT)).hasSize(LIMIT);
        assertThat(accountsRead(plan(LIMIT))).isBetween(LIMIT, LIMIT + 1);
    }
}
