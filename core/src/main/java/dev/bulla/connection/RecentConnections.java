package dev.bulla.connection;

import dev.bulla.store.ConnectionRow;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Connections as they were last read on this node, so that the first use in a session need not read them again. What it answers may be
 * outdated: whoever asks compares the revision with a fresh glance. Bounded; thread-safe.
 */
public final class RecentConnections {
    private static final int MOST = 1_000;

    private final ConcurrentHashMap<String, ConnectionRow> rows = new ConcurrentHashMap<>();

    /** Under this name, or null. */
    public @Nullable ConnectionRow get(String tenant, String name) {
        return rows.get(key(tenant, name));
    }

    public void put(ConnectionRow row) {
        if (rows.size() >= MOST) {
            rows.clear();
        }
        rows.put(key(row.tenant(), row.name()), row);
    }

    private static String key(String tenant, String name) {
        return tenant + '\n' + name;
    }
}
