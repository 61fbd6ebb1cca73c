package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.databases.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A database that sleeps in the middle of a statement, until the statement's time is over. */
class StallOnPostgresTest {
    private static final String SCHEMA = "stalling";

    private Stage stage;

    @BeforeEach
    void open() {
        execute("drop schema if exists " + SCHEMA + " cascade");
        execute("create schema " + SCHEMA);
        execute("create function %s.stall() returns trigger language plpgsql as 'begin perform pg_sleep(60); return new; end'"
                .formatted(SCHEMA));
        PGSimpleDataSource database = Postgres.dataSource();
        database.setCurrentSchema(SCHEMA);
        stage = Stage.on(database).connected().after(Stage.ENDED);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void claimThatStallsIsTakenLater() {
        assertOneRefreshThrough("new.claim_by <> '' and new.claim_by <> old.claim_by");
    }

    @Test
    void answerThatStallsIsStoredLater() {
        assertOneRefreshThrough("new.seal_no > old.seal_no");
    }

    private void assertOneRefreshThrough(String stalling) {
        String accounts = SCHEMA + "."
                + one("select table_name from information_schema.tables where table_schema = '%s' and table_name like '%%account'"
                        .formatted(SCHEMA));
        execute("create trigger stall before update on %s for each row when (%s) execute function %s.stall()"
                .formatted(accounts, stalling, SCHEMA));

        Future<Integer> caller = Crowd.one(stage::call);
        Crowd.until(() -> one("select count(*) from pg_stat_activity where wait_event = 'PgSleep'")
                .equals("1"));
        // waits for the statement that stalls, and lets none stall after it
        execute("drop trigger stall on " + accounts);

        assertThat(Crowd.get(caller)).isEqualTo(200);
        assertThat(stage.refreshes()).isEqualTo(1);
        assertThat(stage.redemptions()).isEqualTo(1);
        assertThat(stage.row().claim().until()).isZero();
    }

    private static void execute(String sql) {
        try (Connection connection = Postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String one(String sql) {
        try (Connection connection = Postgres.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
