package dev.bulla.testkit.store;

import dev.bulla.store.AccountStore;
import dev.bulla.store.AuditStore;
import dev.bulla.store.BucketStore;
import dev.bulla.store.ConnectionStore;
import dev.bulla.store.EntityStore;
import dev.bulla.store.FlowStore;
import dev.bulla.store.GrantStore;
import dev.bulla.store.MemberStore;
import dev.bulla.store.PolicyStore;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.store.ToolStore;
import dev.bulla.store.UpkeepStore;
import dev.bulla.store.WebhookStore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A store in memory, for tests: the plainest code that keeps every promise of {@link Store}. Everything is lost with the object;
 * several "nodes" share one instance.
 *
 * <p>Thread-safe: every verb runs alone under one lock. Its "database time" is the supplier given, in epoch milliseconds.
 */
public final class InMemoryStore implements Store {
    private final Tables tables;
    private final ConnectionStore connections;
    private final MemberStore members;
    private final AccountStore accounts;
    private final FlowStore flows;
    private final GrantStore grants;
    private final UpkeepStore upkeep;
    private final BucketStore buckets;
    private final AuditStore audits;
    private final EntityStore entities;
    private final PolicyStore policies;
    private final ToolStore tools;
    private final WebhookStore webhooks;
    private @Nullable String environment;

    private InMemoryStore(LongSupplier clock) {
        tables = new Tables(clock);
        connections = new InMemoryConnections(tables);
        members = new InMemoryMembers(tables);
        accounts = new InMemoryAccounts(tables);
        flows = new InMemoryFlows(tables);
        grants = new InMemoryGrants(tables);
        upkeep = new InMemoryUpkeep(tables);
        buckets = new InMemoryBuckets(tables);
        audits = new InMemoryAudits(tables);
        entities = new InMemoryEntities(tables);
        policies = new InMemoryPolicies(tables);
        tools = new InMemoryTools(tables);
        webhooks = new InMemoryWebhooks(tables);
    }

    /** An empty store on the system clock. */
    public static InMemoryStore create() {
        return new InMemoryStore(System::currentTimeMillis);
    }

    /**
     * An empty store on a clock of the test's own.
     *
     * @param epochMillis the time of the store; asked once in each verb
     */
    public static InMemoryStore on(LongSupplier epochMillis) {
        return new InMemoryStore(epochMillis);
    }

    @Override
    public void open(String environment) {
        tables.alone(() -> {
            if (this.environment != null && !this.environment.equals(environment)) {
                throw new StoreException(
                        StoreException.Kind.SETUP, "This store belongs to another environment than the one given.");
            }
            this.environment = environment;
            return environment;
        });
    }

    @Override
    public long now() {
        return tables.alone(tables::now);
    }

    @Override
    public ConnectionStore connections() {
        return connections;
    }

    @Override
    public MemberStore members() {
        return members;
    }

    @Override
    public AccountStore accounts() {
        return accounts;
    }

    @Override
    public FlowStore flows() {
        return flows;
    }

    @Override
    public GrantStore grants() {
        return grants;
    }

    @Override
    public BucketStore buckets() {
        return buckets;
    }

    @Override
    public UpkeepStore upkeep() {
        return upkeep;
    }

    @Override
    public AuditStore audits() {
        return audits;
    }

    @Override
    public EntityStore entities() {
        return entities;
    }

    @Override
    public PolicyStore policies() {
        return policies;
    }

    @Override
    public ToolStore tools() {
        return tools;
    }

    @Override
    public WebhookStore webhooks() {
        return webhooks;
    }
}
