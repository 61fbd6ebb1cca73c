package dev.bulla.testkit.store;

import dev.bulla.store.Store;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract kit: what every store promises, as tests. A store passes by a subclass of a few lines:
 *
 * <pre>{@code
 * class MyStoreTest extends StoreContract {
 *     private static final AtomicLong OFFSET = new AtomicLong();
 *     private static final Store STORE = MyStore.of(database()).withTimeOffset(OFFSET::get);
 *
 *     @Override
 *     protected Store store() {
 *         return STORE;
 *     }
 *
 *     @Override
 *     protected void advance(long millis) {
 *         OFFSET.addAndGet(millis);
 *     }
 * }
 * }</pre>
 *
 * <p>All tests may share one database: each works in tenants of its own. They run in the environment {@value #ENVIRONMENT}. A
 * store that keeps its rows on several nodes should run the kit once on each.
 */
public abstract class StoreContract
        implements ConnectionPromises,
                ConnectionDeletePromises,
                MemberPromises,
                AccountPromises,
                AccountContentPromises,
                ClearPromises,
                ClaimPromises,
                SealedWritePromises,
                MemberKeyPromises,
                FlowPromises,
                BucketPromises,
                GrantPromises,
                WebhookPromises,
                DuePromises,
                LookPromises,
                UpkeepPromises,
                EntityPromises,
                PolicyPromises,
                ToolPromises,
                ChangePromises,
                AuditPromises,
                TenantPromises,
                RacePromises {
    /** The environment that the kit opens the store in. */
    public static final String ENVIRONMENT = "contract";

    private @Nullable Bench bench;

    /** For the subclass of a store. */
    protected StoreContract() {}

    /** The store under test; the same one for the whole of a test. */
    protected abstract Store store();

    /**
     * Moves the time of the store forward, for all that follows.
     *
     * @param millis how far, in milliseconds
     */
    protected abstract void advance(long millis);

    @BeforeEach
    final void setUpBench() {
        store().open(ENVIRONMENT);
        bench = new Bench(store(), this::advance);
    }

    @Override
    public final Bench bench() {
        if (bench == null) {
            throw new IllegalStateException("The kit has not set up this test.");
        }
        return bench;
    }
}
