package dev.bulla.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultTest {
    @ParameterizedTest
    @CsvSource({
        "POSTGRESQL, 23505,     0, DUPLICATE",
        "POSTGRESQL, 40001,     0, CONTENDED",
        "POSTGRESQL, 40P01,     0, CONTENDED",
        "POSTGRESQL, 55P03,     0, CONTENDED",
        "POSTGRESQL, 57014,     0, CONTENDED",
        "POSTGRESQL, 57P01,     0, UNAVAILABLE",
        "POSTGRESQL, 08006,     0, UNAVAILABLE",
        "POSTGRESQL, 53300,     0, UNAVAILABLE",
        "POSTGRESQL, 42501,     0, SETUP",
        "POSTGRESQL, 23502,     0, SETUP",
        "H2,         23505, 23505, DUPLICATE",
        "H2,         40001, 40001, CONTENDED",
        "H2,         HYT00, 50200, CONTENDED",
        "H2,         90131, 90131, CONTENDED",
        "H2,         90067, 90067, UNAVAILABLE",
        "H2,         42S22, 42122, SETUP",
        "MARIADB,    23000,  1062, DUPLICATE",
        "MARIADB,    HY000,  1020, CONTENDED",
        "MARIADB,    HY000,  1205, CONTENDED",
        "MARIADB,    40001,  1213, CONTENDED",
        "MARIADB,    70100,  1969, CONTENDED",
        "MARIADB,    08S01,  2013, UNAVAILABLE",
        "MARIADB,    42000,  1142, SETUP",
        "MYSQL,      HY000,  3024, CONTENDED",
    })
    void stateAndCodeTellTheFault(Dialect dialect, String state, int code, Fault fault) {
        assertThat(Fault.of(new SQLException("words", state, code), dialect)).isEqualTo(fault);
    }

    @Test
    void typeAndCauseTellTheFault() {
        assertThat(Fault.of(new SQLTimeoutException(), Dialect.POSTGRESQL)).isEqualTo(Fault.CONTENDED);
        assertThat(Fault.of(new SQLTransientConnectionException(), Dialect.H2)).isEqualTo(Fault.UNAVAILABLE);
        assertThat(Fault.of(new SQLException(new IOException()), Dialect.H2)).isEqualTo(Fault.UNAVAILABLE);
        assertThat(Fault.of(new SQLException(new SQLException("words", "40001")), Dialect.H2))
                .isEqualTo(Fault.CONTENDED);
    }

    @Test
    void mysqlDiffersFromMariaDbByItsCollation() throws IOException {
        assertThat(file(Dialect.MYSQL))
                .isEqualTo(file(Dialect.MARIADB)
                        .replace("MariaDB", "MySQL 8.0.17 or newer")
                        .replace("utf8mb4_nopad_bin", "utf8mb4_0900_bin"));
        assertThat(file(Dialect.MARIADB)).contains("utf8mb4_nopad_bin");
    }

    private static String file(Dialect dialect) throws IOException {
        try (InputStream in = Dialect.class.getResourceAsStream("/" + dialect.schemaFile(1))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
