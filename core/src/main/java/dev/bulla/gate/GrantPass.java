package dev.bulla.gate;

import dev.bulla.error.BullaException;
import dev.bulla.error.CallRefused;
import dev.bulla.error.ErrorCode;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.GrantStore.Glance;
import dev.bulla.store.Store;
import dev.bulla.tool.Tool;
import java.util.Optional;

/** The grant with which a session was opened: it narrows what the member may do, and ends when its row does. Thread-safe. */
public final class GrantPass {
    private static final long NOTED_EVERY = 60_000;

    private final Store store;
    private final String tenant;
    private final String id;
    private final GrantScope scope;
    private final long expiresAt;

    /**
     * @param scope as it is sealed in the grant; what its row says is not asked
     * @param expiresAt likewise
     */
    public GrantPass(Store store, String tenant, String id, GrantScope scope, long expiresAt) {
        this.store = store;
        this.tenant = tenant;
        this.id = id;
        this.scope = scope;
        this.expiresAt = expiresAt;
    }

    /** The row's; audits say it. */
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

    /** Whether it is for some connections or tools only. */
    public boolean isNarrowed() {
        return scope.isNarrowed();
    }

    /** Whether it is for anything on the connection of this id. */
    public boolean covers(String connectionId) {
        return scope.covers(connectionId);
    }

    /** Whether it is for a tool, where that is called by its name. */
    public boolean covers(ConnectionRow connection, Tool tool) {
        return scope.covers(connection.id(), tool.name());
    }

    /**
     * Whether it is for a call.
     *
     * @param named the tool that was called by its name, or whose code calls; empty for any other call, whatever it comes to
     */
    boolean covers(ConnectionRow connection, Optional<Tool> named) {
        return named.map(tool -> covers(connection, tool))
                .orElseGet(() -> !scope.isOfTools() && scope.covers(connection.id()));
    }

    /** For whatever a grant is not for. */
    public static CallRefused beyond(String connection, String message) {
        return CallRefused.of(ErrorCode.BEYOND_GRANT, connection, message);
    }

    @Override
    public String toString() {
        return "GrantPass[" + scope + "]";
    }
}
