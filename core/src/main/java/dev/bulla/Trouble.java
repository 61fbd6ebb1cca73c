package dev.bulla;

import dev.bulla.store.UpkeepStore.AccountRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Connections and providers at which one refresh after the other comes to nothing: the rest of their accounts is spared, so that a
 * service that hangs does not use up the time of the others. Lasts one sweep. Thread-safe.
 */
final class Trouble {
    private static final int ON_A_CONNECTION = 3;
    private static final int AT_A_PROVIDER = 10;

    private final Map<String, Integer> connections = new ConcurrentHashMap<>();
    private final Map<String, Integer> providers = new ConcurrentHashMap<>();

    boolean spares(AccountRef ref) {
        return connections.getOrDefault(ref.connectionId(), 0) >= ON_A_CONNECTION
                || providers.getOrDefault(ref.provider(), 0) >= AT_A_PROVIDER;
    }

    void none(AccountRef ref) {
        connections.remove(ref.connectionId());
        providers.remove(ref.provider());
    }

    /** @param provider whether it may be the provider's: what one connection's app meets says nothing of the others */
    void more(AccountRef ref, boolean provider) {
        connections.merge(ref.connectionId(), 1, Integer::sum);
        if (provider) {
            providers.merge(ref.provider(), 1, Integer::sum);
        }
    }
}
