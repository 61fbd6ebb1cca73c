package dev.bulla.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.databases.MisfortunePool;
import dev.bulla.store.AccountStore.Claimed;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.Write;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Set-up, time zones, locks and absence, on one database. */
abstract class DatabaseContract {
    abstract DataSource database();

    private Store installed() {
        SchemaInstaller.install(database());
        Store store = JdbcStore.of(database());
        store.open("test");
        return store;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(StoreException.Kind kind, Runnable verb) {
        return assertThatThrownBy(verb::run)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void missingTablesNameTheFileToRun() {
        Store store = JdbcStore.of(database()).withTablePrefix("missing_");
        assertRefused(StoreException.Kind.SETUP, () -> store.open("test"))
                .hasMessageContaining(file())
                .hasMessageContaining("missing_");
    }

    abstract String file();

    @Test
    void newerTablesAreRefused() throws SQLException {
        SchemaInstaller.install(database(), "newer_");
        execute("update newer_schema set version = 99");
        Store store = JdbcStore.of(database()).withTablePrefix("newer_");
        assertRefused(StoreException.Kind.SETUP, () -> store.open("test")).hasMessageContaining("99");
    }

    @Test
    void schemaFileOfTheMessageIsInTheJar() {
        assertThat(JdbcStore.class.getResource("/" + file())).isNotNull();
    }

    @Test
    void manyStartersInstallOnce() throws Exception {
        int starters = 8;
        for (int round = 0; round < 3; round++) {
            String prefix = "starters" + round + "_";
            CyclicBarrier start = new CyclicBarrier(starters);
            ExecutorService pool = Executors.newFixedThreadPool(starters);
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < starters; i++) {
                done.add(pool.submit(() -> {
                    start.await();
                    SchemaInstaller.install(database(), prefix);
                    JdbcStore.of(database()).withTablePrefix(prefix).open("test");
                    return null;
                }));
            }
            for (Future<?> starter : done) {
                starter.get();
            }
            pool.shutdown();
            Store store = JdbcStore.of(database()).withTablePrefix(prefix);
            assertThat(new Sample(store).account.rowVersion()).isEqualTo(1);
        }
    }

    @Test
    void installingAgainKeepsTheRows() {
        Store store = installed();
        Sample sample = new Sample(store);
        SchemaInstaller.install(database());
        assertThat(store.accounts().find(sample.tenant, sample.account.id())).isPresent();
        store.open("test");
    }

    @Test
    void prefixesKeepStoresApart() {
        Store usual = installed();
        SchemaInstaller.install(database(), "other_");
        Store other = JdbcStore.of(database()).withTablePrefix("other_");
        other.open("elsewhere");
        Sample sample = new Sample(usual);
        assertThat(other.accounts().find(sample.tenant, sample.account.id())).isEmpty();
    }

    @Test
    void timeZoneOfTheJvmDoesNotMoveAClaim() {
        Store store = installed();
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            Sample sample = new Sample(store);
            long newYork = store.now();
            assertThat(store.accounts().claim(sample.tenant, sample.seen(), "new york", 25_000, null))
                    .isTrue();
            for (String zone : List.of("Europe/Berlin", "Pacific/Auckland", "Pacific/Honolulu")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                Store there = JdbcStore.of(database());
                assertThat(there.now()).isBetween(newYork, newYork + 20_000);
                Claimed seen = new Claimed(sample.account.id(), 1, "new york");
                assertThat(there.accounts().claim(sample.tenant, seen, "elsewhere", 25_000, null))
                        .isFalse();
            }
            assertThat(newYork).isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis() + 60_000);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void timeIsThatOfTheWorldInEveryZone() {
        TimeZone before = TimeZone.getDefault();
        try {
            for (String jvm : List.of("UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe")) {
                TimeZone.setDefault(TimeZone.getTimeZone(jvm));
                for (String session : List.of("-09:00", "+00:00", "+05:45", "+13:00")) {
                    assertTime(setZone(session));
                }
                assertTime(null);
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private void assertTime(@Nullable String init) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database());
        config.setMaximumPoolSize(1);
        config.setConnectionInitSql(init);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Store store = JdbcStore.of(pool);
            store.now();
            long start = System.currentTimeMillis();
            assertThat(store.now()).isBetween(start - 1, System.currentTimeMillis() + 1);
        }
    }

    String setZone(String offset) {
        return "set time zone '" + offset + "'";
    }

    /** Only then is an index of times read from one end to one value. */
    @Test
    void timeStandsStillWithinAStatement() throws SQLException {
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            String now = Dialect.of(connection).now();
            long before = now(statement, "select " + now);
            assertThat(now(
                            statement,
                            "select min(t) - max(t) from (select %1$s as t union all select %1$s from (%2$s) p union all select %1$s) times"
                                    .formatted(now, pause())))
                    .isZero();
            assertThat(now(statement, "select " + now)).isGreaterThanOrEqualTo(before + 20);
        }
    }

    /** A query that takes 20 ms or more and answers one row. */
    abstract String pause();

    @Test
    void timeCountsMilliseconds() {
        Store store = JdbcStore.of(database());
        assertThat(Stream.generate(store::now).limit(10_000).anyMatch(now -> now % 1_000 != 0))
                .isTrue();
    }

    private static long now(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void claimThatMeetsALockIsLost() throws SQLException {
        Store store = installed();
        Sample sample = new Sample(store);
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("update bulla_account set changed_at = 1 where id = '" + sample.account.id() + "'");
            assertThat(store.accounts().claim(sample.tenant, sample.seen(), "me", 25_000, null))
                    .isFalse();
            connection.rollback();
        }
        assertThat(store.accounts().claim(sample.tenant, sample.seen(), "me", 25_000, null))
                .isTrue();
    }

    @Test
    void writesThatMeetALockAreContended() throws SQLException {
        Store store = installed();
        Sample sample = new Sample(store);
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("update bulla_account set changed_at = 1 where id = '" + sample.account.id() + "'");
            assertRefused(StoreException.Kind.CONTENDED, () -> store.accounts().store(sample.answer(), 0));
            connection.rollback();
        }
        assertThat(store.accounts().store(sample.answer(), 0)).isEqualTo(Write.DONE);
    }

    @Test
    void exhaustedPoolIsUnavailable() throws SQLException {
        installed();
        HikariConfig config = new HikariConfig();
        config.setDataSource(database());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            Store store = JdbcStore.of(pool);
            Sample sample = new Sample(store);
            try (Connection held = pool.getConnection()) {
                assertThat(held.isClosed()).isFalse();
                assertRefused(StoreException.Kind.UNAVAILABLE, store::now);
                assertRefused(
                        StoreException.Kind.UNAVAILABLE, () -> store.accounts().store(sample.answer(), 0));
            }
            assertThat(store.accounts().store(sample.answer(), 0)).isEqualTo(Write.DONE);
            pool.close();
            assertRefused(StoreException.Kind.UNAVAILABLE, store::now);
        }
    }

    @Test
    void refusedStatementSaysNoValue() throws SQLException {
        SchemaInstaller.install(database(), "strict_");
        execute("alter table strict_account add constraint no_work check (label <> 'secret value')");
        MisfortunePool pool = new MisfortunePool(database());
        Store store = JdbcStore.of(pool.dataSource()).withTablePrefix("strict_");
        Sample sample = new Sample(store);
        try {
            assertRefused(
                            StoreException.Kind.SETUP,
                            () -> store.accounts().insert(sample.newAccount("secret value"), 0))
                    .satisfies(e -> {
                        for (Throwable t = e; t != null; t = t.getCause()) {
                            assertThat(String.valueOf(t.getMessage())).doesNotContain("secret value", sample.tenant);
                        }
                    });
        } finally {
            execute("alter table strict_account drop constraint no_work");
        }
        assertThat(pool.open()).isZero();
        assertThat(pool.changed()).isZero();
        assertThat(store.accounts().ofMember(sample.tenant, sample.member)).hasSize(1);
    }

    @Test
    void longNamesAreRefusedNotCut() {
        Store store = installed();
        assertThatThrownBy(() -> store.members().findOrCreate("t".repeat(191), "alice"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The tenant is longer than 190.");
    }
}
