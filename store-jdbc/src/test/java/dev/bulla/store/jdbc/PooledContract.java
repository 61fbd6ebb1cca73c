package dev.bulla.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.databases.MisfortunePool;
import dev.bulla.store.Store;
import dev.bulla.testkit.store.StoreContract;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on a pool with settings of its own; every connection comes back, and as it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PooledContract extends StoreContract {
    private final AtomicLong offset = new AtomicLong();
    private HikariDataSource hikari;
    private MisfortunePool pool;
    private Store store;

    abstract DataSource database();

    abstract void settings(HikariConfig config);

    @BeforeAll
    void start() {
        String prefix = getClass().getSimpleName().toLowerCase(Locale.ROOT) + "_";
        SchemaInstaller.install(database(), prefix);
        HikariConfig config = new HikariConfig();
        config.setDataSource(database());
        settings(config);
        hikari = new HikariDataSource(config);
        pool = new MisfortunePool(hikari);
        store = JdbcStore.of(pool.dataSource()).withTablePrefix(prefix).withTimeOffset(offset::get);
    }

    @AfterAll
    void stop() {
        if (hikari != null) {
            hikari.close();
        }
    }

    @AfterEach
    void everyConnectionIsBack() {
        assertThat(pool.open()).isZero();
        assertThat(pool.changed()).isZero();
    }

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected void advance(long millis) {
        offset.addAndGet(millis);
    }
}
