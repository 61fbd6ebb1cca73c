package dev.bulla.store.jdbc;

import dev.bulla.store.StoreException;
import java.sql.SQLException;
import java.util.Optional;

/** The checks at the start: version, pool, environment. */
final class Schema {
    /** The schema version that this library works with. */
    static final int VERSION = 1;

    private final Sql sql;
    private final Text version;
    private final Text probe;
    private final Text probed;
    private final Text claimEnvironment;
    private final Text environment;

    Schema(Sql sql) {
        this.sql = sql;
        version = sql.text("select version from bulla_schema where id = 1");
        probe = sql.text("update bulla_schema set probe = probe + 1 where id = 1");
        probed = sql.text("select probe from bulla_schema where id = 1");
        claimEnvironment = sql.text("update bulla_schema set environment = ? where id = 1 and environment is null");
        environment = sql.text("select environment from bulla_schema where id = 1");
    }

    void open(String name) {
        checkVersion();
        checkPool();
        checkEnvironment(name);
    }

    private void checkVersion() {
        int found = sql.read(tx -> {
            try {
                return tx.one(version, Row::integer).orElse(0);
            } catch (SQLException e) {
                if (sql.dialect().saysNoTable(e)) {
                    return 0;
                }
                throw e;
            }
        });
        if (found > VERSION) {
            throw setup(
                    "The tables %s* have schema version %d, made for a newer version of this library, which works with %d."
                            .formatted(sql.prefix(), found, VERSION));
        }
        if (found < VERSION) {
            throw setup(
                    """
                    The tables %1$s* have schema version %2$d and %3$d is needed. Run %4$s from the jar of the JDBC store \
                    (with the prefix bulla_ replaced by %1$s), or SchemaInstaller.""".formatted(sql.prefix(), found, VERSION, sql.dialect().schemaFile(found + 1)));
        }
    }

    /** Writes on one connection and reads on another. */
    private void checkPool() {
        long written = sql.write((tx, again) -> {
            tx.update(probe);
            return tx.one(probed, Row::number).orElse(0L);
        });
        long read = sql.read(tx -> tx.one(probed, Row::number)).orElse(0L);
        if (read < written) {
            throw setup("What was committed on one connection is not seen on the next. Bulla needs a DataSource whose"
                    + " connections commit when they are told to: not one that is bound to the host's transactions.");
        }
    }

    private void checkEnvironment(String name) {
        sql.write((tx, again) -> tx.update(claimEnvironment, name));
        Optional<String> found = sql.read(tx -> tx.one(environment, Row::text));
        if (!found.equals(Optional.of(name))) {
            throw setup(
                    "This store belongs to another environment than the one given. Where it is a copy on purpose, set"
                            + " the column environment of " + sql.prefix() + "schema to null.");
        }
    }

    private static StoreException setup(String message) {
        return new StoreException(StoreException.Kind.SETUP, message);
    }
}
