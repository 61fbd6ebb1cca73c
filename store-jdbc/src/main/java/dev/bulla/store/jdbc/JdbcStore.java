package dev.bulla.store.jdbc;

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
import dev.bulla.store.ToolStore;
import dev.bulla.store.UpkeepStore;
import dev.bulla.store.WebhookStore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The store on plain JDBC, for PostgreSQL, MariaDB, MySQL and H2 and whatever speaks one of their dialects.
 *
 * <p>Every verb takes one connection of the pool and hands it back as it was: autocommit, read-only and isolation may be set as the
 * host likes. It never holds two, so a pool of one is enough to be correct; give it a pool of its own, or one that is large enough,
 * to be quick. Give it the plain pool, not a proxy that takes part in the host's transactions: the store commits on its own.
 *
 * <p>A statement that writes ends after 5 seconds (on H2 by the database's own lock timeout). A read or a commit over a network that
 * has gone silent ends when the driver says so: set its socket timeout.
 *
 * <p>The tables come from the schema files in this jar ({@code META-INF/bulla/db/<database>/}), run by the host's migration tool or
 * by {@link SchemaInstaller}.
 *
 * <p>Immutable and thread-safe. Nothing is read before the first verb.
 */
public final class JdbcStore implements Store {
    private final DataSource pool;
    private final String prefix;
    private final @Nullable LongSupplier offset;
    private final AtomicReference<@Nullable Parts> parts = new AtomicReference<>();

    private JdbcStore(DataSource pool, String prefix, @Nullable LongSupplier offset) {
        this.pool = pool;
        this.prefix = prefix;
        this.offset = offset;
    }

    /** A store in the tables {@code bulla_*}. The pool stays the host's: the store never closes it. */
    public static JdbcStore of(DataSource pool) {
        return new JdbcStore(pool, Prefix.USUAL, null);
    }

    /**
     * The same store in tables of another prefix.
     *
     * @param prefix lower-case letters, digits and underscores, starting with a letter, at most 30 characters
     */
    public JdbcStore withTablePrefix(String prefix) {
        return new JdbcStore(pool, Prefix.checked(prefix), offset);
    }

    /**
     * The same store with its time moved. For tests: nodes with different offsets would not agree who holds a claim.
     *
     * @param millis what is added to the time of the database, asked before each statement
     */
    public JdbcStore withTimeOffset(LongSupplier millis) {
        return new JdbcStore(pool, prefix, millis);
    }

    private record Parts(
            Sql sql,
            JdbcConnections connections,
            JdbcMembers members,
            JdbcAccounts accounts,
            JdbcFlows flows,
            JdbcGrants grants,
            JdbcUpkeep upkeep,
            JdbcBuckets buckets,
            JdbcAudits audits,
            JdbcEntities entities,
            JdbcPolicies policies,
            JdbcTools tools,
            JdbcWebhooks webhooks,
            Text now) {
        static Parts on(Sql sql) {
            JdbcConnections connections = new JdbcConnections(sql);
            JdbcMembers members = new JdbcMembers(sql);
            JdbcAccounts accounts = new JdbcAccounts(sql, members, connections);
            JdbcFlows flows = new JdbcFlows(sql, members);
            return new Parts(
                    sql,
                    connections,
                    members,
                    accounts,
                    flows,
                    new JdbcGrants(sql, members),
                    new JdbcUpkeep(sql),
                    new JdbcBuckets(sql),
                    new JdbcAudits(sql),
                    new JdbcEntities(sql, connections),
                    new JdbcPolicies(sql, connections),
                    new JdbcTools(sql, connections),
                    new JdbcWebhooks(sql, connections),
                    sql.text("select :now"));
        }
    }

    private Parts parts() {
        Parts known = parts.get();
        if (known != null) {
            return known;
        }
        Parts made = Parts.on(new Sql(pool, Sql.dialectOf(pool), prefix, offset));
        parts.set(made);
        return made;
    }

    @Override
    public void open(String environment) {
        new Schema(parts().sql()).open(environment);
    }

    @Override
    public long now() {
        Parts parts = parts();
        return parts.sql().read(tx -> tx.one(parts.now(), Row::number)).orElseThrow();
    }

    @Override
    public ConnectionStore connections() {
        return parts().connections();
    }

    @Override
    public MemberStore members() {
        return parts().members();
    }

    @Override
    public AccountStore accounts() {
        return parts().accounts();
    }

    @Override
    public FlowStore flows() {
        return parts().flows();
    }

    @Override
    public GrantStore grants() {
        return parts().grants();
    }

    @Override
    public BucketStore buckets() {
        return parts().buckets();
    }

    @Override
    public UpkeepStore upkeep() {
        return parts().upkeep();
    }

    @Override
    public AuditStore audits() {
        return parts().audits();
    }

    @Override
    public EntityStore entities() {
        return parts().entities();
    }

    @Override
    public PolicyStore policies() {
        return parts().policies();
    }

    @Override
    public ToolStore tools() {
        return parts().tools();
    }

    @Override
    public WebhookStore webhooks() {
        return parts().webhooks();
    }
}
