package dev.bulla.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.store.Store;
import dev.bulla.testkit.store.StoreContract;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresStoreTest extends StoreContract {
    private static final AtomicLong OFFSET = new AtomicLong();
    private static HikariDataSource pool;
    private static Store store;

    @BeforeAll
    static void install() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(Postgres.dataSource());
        config.setMaximumPoolSize(10);
        pool = new HikariDataSource(config);
        SchemaInstaller.install(pool, "contract_");
        store = JdbcStore.of(pool).withTablePrefix("contract_").withTimeOffset(OFFSET::get);
    }

    @AfterAll
    static void close() {
        if (pool != null) {
            pool.close();
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
