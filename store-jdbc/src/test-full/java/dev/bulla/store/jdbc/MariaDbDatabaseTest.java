package dev.bulla.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.databases.MariaDb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class MariaDbDatabaseTest extends DatabaseContract {
    @Override
    DataSource database() {
        return MariaDb.dataSource("setup", "");
    }

    @Override
    String file() {
        return "META-INF/bulla/db/mariadb/V001__init.sql";
    }

    @Override
    String setZone(String offset) {
        return "set time_zone = '" + offset + "'";
    }

    @Override
    String pause() {
        return "select sleep(0.03)";
    }

    /** Elsewhere, 'acme' and 'acme ' would be one tenant. */
    @Test
    void everyTextIsComparedByteByByte() throws SQLException {
        SchemaInstaller.install(database());
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery("""
                        select collation_name, count(*) from information_schema.columns
                        where table_schema = 'setup' and table_name like 'bulla%' and collation_name is not null
                        group by collation_name""")) {
            assertThat(columns.next()).isTrue();
            assertThat(columns.getString(1)).isEqualTo("utf8mb4_nopad_bin");
            assertThat(columns.getInt(2)).isGreaterThan(40);
            assertThat(columns.next()).isFalse();
        }
    }
}
