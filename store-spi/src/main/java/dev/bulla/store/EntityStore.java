package dev.bulla.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of the things at the services. See {@link Store} for the rules of every verb. */
public interface EntityStore {
    /**
     * Keeps these rows as seen now, in place of what was known of them. Where the connection is no more, nothing is kept.
     *
     * @throws IllegalArgumentException where a row is of another connection
     */
    void put(String tenant, String connectionId, List<EntityRow> rows);

    /** What is known of one thing, gone or not. */
    Optional<EntityRow> find(String tenant, String connectionId, String kind, String id);

    /**
     * Those of a kind that are not gone, by {@code folded}, then by id.
     *
     * @param search stands somewhere in {@code folded}, letter by letter; the empty text finds all
     * @param after the last one of the page before, of which only {@code folded} and {@code id} are looked at; null for the first page
     * @param limit how many at most
     */
    List<EntityRow> list(
            String tenant, String connectionId, String kind, String search, @Nullable EntityRow after, int limit);

    /** How many of each kind are known that are not gone. */
    Map<String, Long> counts(String tenant, String connectionId);

    /** Forgets those of a connection that were last seen before a time, of a kind or of any; answers how many. */
    int forget(String tenant, String connectionId, @Nullable String kind, long seenBefore);
}
