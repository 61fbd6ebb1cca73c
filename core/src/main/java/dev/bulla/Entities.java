package dev.bulla;

import dev.bulla.entity.EntityKeeper;
import dev.bulla.error.BullaException;
import dev.bulla.model.Entity;
import dev.bulla.model.EntityPage;
import dev.bulla.provider.EntitySource;
import dev.bulla.store.ConnectionRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the things at a connection's service, for an owner who chooses among them: names and attributes, never contents.
 *
 * <p>It comes from {@link Session#harvest}, from webhooks, and from looking up what a policy asks for. What one member's account can see
 * stands here for the owner of the tenant, private names too, whoever of the members it was; other members see nothing of it, but for what
 * a policy that asks for an attribute decides about their calls. A harvest lists no more than policies let its member list, and nothing that
 * comes from an address of the member's own. It is deleted with the connection, or by {@link #forget}. Thread-safe.
 */
public final class Entities {
    private final Wiring wiring;
    private final String tenant;
    private final String connection;

    Entities(Wiring wiring, String tenant, String connection) {
        this.wiring = wiring;
        this.tenant = tenant;
        this.connection = connection;
    }

    /**
     * A kind of things.
     *
     * @param name as policies write it: {@code repository}
     * @param label what a person reads: {@code Repositories}
     * @param known how many are known
     */
    public record Kind(String name, String label, long known) {}

    /**
     * What can be listed at the service.
     *
     * @throws BullaException {@code CONNECTION_UNKNOWN}
     */
    public List<Kind> kinds() {
        return Guarded.call(() -> {
            ConnectionRow row = row();
            Map<String, Long> counts = keeper().counts(tenant, row.id());
            Map<String, Kind> kinds = new LinkedHashMap<>();
            for (EntitySource source : wiring.registrations().provider(row).entities()) {
                kinds.putIfAbsent(
                        source.kind(), new Kind(source.kind(), source.label(), counts.getOrDefault(source.kind(), 0L)));
            }
            return List.copyOf(kinds.values());
        });
    }

    /** The first page of a kind, by name. */
    public EntityPage list(String kind) {
        return list(kind, "", null, 50);
    }

    /**
     * A page of a kind, by name.
     *
     * @param search stands somewhere in the name, whatever the case; the empty text finds all
     * @param next as the page before named it, or null
     * @param limit how many at most, up to 200
     * @throws BullaException {@code CONNECTION_UNKNOWN}
     */
    public EntityPage list(String kind, String search, @Nullable String next, int limit) {
        return Guarded.call(() -> keeper().list(tenant, row().id(), kind, search, next, limit));
    }

    /** What is known of one thing, by the id that policies write. */
    public Optional<Entity> get(String kind, String id) {
        return Guarded.call(() -> keeper().get(tenant, row().id(), kind, id));
    }

    /** Forgets all of a kind; answers how many. Policies that ask for their attributes do not find them until they are seen again. */
    public int forget(String kind) {
        return Guarded.call(() -> keeper().forget(tenant, row().id(), kind));
    }

    /** Forgets everything that is known of the things at this service; answers how many. */
    public int forget() {
        return Guarded.call(() -> keeper().forget(tenant, row().id(), null));
    }

    private EntityKeeper keeper() {
        return wiring.entities();
    }

    private ConnectionRow row() {
        return wiring.connections().require(tenant, connection);
    }
}
