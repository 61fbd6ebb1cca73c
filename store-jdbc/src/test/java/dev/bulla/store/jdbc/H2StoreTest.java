package dev.bulla.store.jdbc;

import dev.bulla.store.Store;
import dev.bulla.testkit.store.StoreContract;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2StoreTest extends StoreContract {
    private static final AtomicLong OFFSET = new AtomicLong();
    private static final JdbcConnectionPool POOL =
            JdbcConnectionPool.create("jdbc:h2:mem:contract;DB_CLOSE_DELAY=-1", "sa", "");
    private static final Store STORE = JdbcStore.of(POOL).withTimeOffset(OFFSET::get);

    @BeforeAll
    static void install() {
        SchemaInstaller.install(POOL);
    }

    @AfterAll
    static void close() {
        POOL.dispose();
    }

    @Override
    protected Store store() {
        return STORE;
    }

    @Override
    protected void advance(long millis) {
        OFFSET.addAndGet(millis);
    }
}
