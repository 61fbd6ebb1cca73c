package dev.bulla.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.databases.Postgres;
import dev.bulla.store.Store;
import dev.bulla.store.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PostgresDatabaseTest extends DatabaseContract {
    @Override
    DataSource database() {
        return Postgres.dataSource();
    }

    @Override
    String file() {
        return "META-INF/bulla/db/postgresql/V001__init.sql";
    }

    @Test
    void cutConnectionsDoNotLoseAnAnswer() throws SQLException {
        SchemaInstaller.install(database());
        HikariConfig config = new HikariConfig();
        config.setDataSource(database());
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection admin = database().getConnection();
                Statement statement = admin.createStatement()) {
            Store store = JdbcStore.of(pool);
            Sample sample = new Sample(store);
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = 'postgres' and backend_type = 'client backend'");
            assertThat(store.accounts().store(sample.answer(), 0)).isEqualTo(Write.DONE);
        }
    }

    @Override
    String setZone(String offset) {
        return "set time zone interval '" + offset + "' hour to minute";
    }

    @Override
    String pause() {
        return "select pg_sleep(0.03)";
    }
}
