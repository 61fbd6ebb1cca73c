package dev.bulla.store.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/**
 * The only differences between the databases: how they tell the time, how they name their troubles, and which schema file is
 * theirs. Everything else is one SQL for all.
 *
 * <p>{@code now} is epoch milliseconds, the same throughout one statement, and does not depend on the time zone of a session.
 */
@SuppressWarnings("ImmutableEnumChecker") // the sets are made by Set.of
enum Dialect {
    POSTGRESQL("cast(floor(extract(epoch from statement_timestamp()) * 1000) as bigint)", 5, Set.of(), Set.of()),
    /**
     * Lock waits end by themselves (2 s by default); a query timeout would be a state of the session. {@code datediff} compares the
     * clocks on the wall, whatever their zones, so both are set to UTC; the epoch that H2 extracts is a decimal number and costs more
     * than the rest of a read.
     */
    H2(
            "datediff(millisecond, timestamp '1970-01-01 00:00:00', current_timestamp(6) at time zone 'UTC')",
            0,
            Set.of(40001, 50200, 57014, 90131),
            Set.of(90067, 90098, 90108, 90121)),
    MARIADB(MariaDb.NOW, 5, MariaDb.CONTENDED, MariaDb.AWAY),
    MYSQL(MariaDb.NOW, 5, MariaDb.CONTENDED, MariaDb.AWAY);

    /** What MariaDB and MySQL share. */
    private static final class MariaDb {
        static final String NOW = "(timestampdiff(microsecond, '1970-01-01 00:00:00', utc_timestamp(6)) div 1000)";
        static final Set<Integer> CONTENDED = Set.of(1020, 1205, 1213, 1969, 3024, 3572);
        static final Set<Integer> AWAY = Set.of(1040, 1053, 1203, 1290, 1317, 1836, 1927, 2002, 2006, 2013);
    }

    private final String now;
    private final int timeoutSeconds;
    private final Set<Integer> contended;
    private final Set<Integer> away;

    Dialect(String now, int timeoutSeconds, Set<Integer> contended, Set<Integer> away) {
        this.now = now;
        this.timeoutSeconds = timeoutSeconds;
        this.contended = contended;
        this.away = away;
    }

    static Dialect of(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        String product = database.getDatabaseProductName().toLowerCase(Locale.ROOT);
        String version = database.getDatabaseProductVersion().toLowerCase(Locale.ROOT);
        if (product.contains("postgresql")) {
            return POSTGRESQL;
        }
        if (product.equals("h2")) {
            return H2;
        }
        if (product.contains("mariadb") || version.contains("mariadb")) {
            return MARIADB;
        }
        if (product.contains("mysql")) {
            return MYSQL;
        }
        throw Fault.SETUP.because("This database is not supported. Known are PostgreSQL, MariaDB, MySQL and H2.");
    }

    /** The expression for database time. */
    String now() {
        return now;
    }

    /** How long a writing statement may take, in seconds: shorter than a claim lasts. 0 for no limit of ours. */
    int timeoutSeconds() {
        return timeoutSeconds;
    }

    /** Where the schema files of this database stand. */
    String schemaFile(int version) {
        return "META-INF/bulla/db/%s/V%03d__%s.sql"
                .formatted(name().toLowerCase(Locale.ROOT), version, version == 1 ? "init" : "upgrade");
    }

    boolean saysContended(SQLException e) {
        return contended.contains(e.getErrorCode());
    }

    boolean saysAway(SQLException e) {
        return away.contains(e.getErrorCode());
    }

    boolean saysDuplicate(SQLException e) {
        boolean mariaDb = this == MARIADB || this == MYSQL;
        return "23505".equals(e.getSQLState()) || (mariaDb && e.getErrorCode() == 1062);
    }

    boolean saysNoTable(SQLException e) {
        return "42P01".equals(e.getSQLState()) || "42S02".equals(e.getSQLState()) || "42S04".equals(e.getSQLState());
    }
}
