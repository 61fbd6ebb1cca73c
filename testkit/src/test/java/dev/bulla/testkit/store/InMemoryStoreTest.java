package dev.bulla.testkit.store;

import dev.bulla.store.Store;
import java.util.concurrent.atomic.AtomicLong;

class InMemoryStoreTest extends StoreContract {
    private final AtomicLong offset = new AtomicLong();
    private final Store store = InMemoryStore.on(() -> System.currentTimeMillis() + offset.get());

    @Override
    protected Store store() {
        return store;
    }

    @Override
    protected void advance(long millis) {
        offset.addAndGet(millis);
    }
}
