package dev.bulla.gate;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.rack.Services;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.GrantStore.Glance;
import dev.bulla.store.Store;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The grant with which a session was opened: it narrows what the member may do, and ends when its row does. Thread-safe. */
public final class GrantPass {
    private static final long NOTED_EVERY = 60_000;

    private final Store store;
    private final String tenant;
    private final String id;
    private final Set<String> tools;
    private final Set<String> connections;
    private final long expiresAt;
    private final Map<String, String> services = new ConcurrentHashMap<>();

    /** @param expiresAt as it is sealed in the grant; what its row says is not asked */
    public GrantPass(
            Store store, String tenant, String id, Set<String> tools, Set<String> connections, long expiresAt) {
        this.store = store;
        this.tenant = tenant;
        this.id = id;
        this.tools = tools;
        this.connections = connections;
        this.expiresAt = expiresAt;
    }

    /** The row's; audits say it, and rates are counted by it. */
    public String id() {
        return id;
    }

    /**
     * Asks whether the grant still is one, by one slim read, and notes its use about once a minute.
     *
     * @throws BullaException {@code GRANT_UNKNOWN} where it was revoked, is over, or the member has another key
     */
    public void alive() {
        Glance glance = store.grants().glance(tenant, id).orElseThrow(GrantPass::unknown);
        if (glance.now() >= expiresAt) {
            throw unknown();
        }
        Long used = glance.lastUsedAt();
        if (used == null || glance.now() - used >= NOTED_EVERY) {
            store.grants().used(tenant, id);
        }
    }

    /** For all that makes a grant nobody's: nobody learns which it is. */
    public static BullaException unknown() {
        return new BullaException(
                ErrorCode.GRANT_UNKNOWN,
                "this grant is not known: it is over, was revoked, or belongs to a former key");
    }

    /** Whether it is for this connection at all. */
    public boolean covers(String connection) {
        return connections.isEmpty() || connections.contains(connection);
    }

    /**
     * Whether it is for this call.
     *
     * @param tool empty for a call that is no tool's
     */
    public boolean covers(ConnectionRow connection, Optional<Tool> tool) {
        return covers(connection.name())
                && (tools.isEmpty()
                        || tool.filter(known -> tools.contains(name(connection, known)))
                                .isPresent());
    }

    /** As members see it. What a connection is called there hangs on those that are older: it stays while they do. */
    private String name(ConnectionRow connection, Tool tool) {
        String service = services.computeIfAbsent(
                connection.id(),
                id -> Services.of(store.connections().list(tenant)).nameOf(connection));
        return new ToolName(service, tool.name()).toString();
    }

    @Override
    public String toString() {
        return "GrantPass[" + tools.size() + " tools, " + connections.size() + " connections]";
    }
}
