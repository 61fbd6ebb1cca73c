package dev.bulla.gate;

import dev.bulla.model.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions of this node go together: those that one key, or one grant, opened under the same name that the caller's program gave, or
 * where it gave none, from the same address, none of them half an hour after the last. What was denied counts for a key, or a grant, whatever
 * names its bearer gives: else a new name would be a clean slate. Sessions without a key are each their own. Bounded; thread-safe.
 */
public final class Talks {
    private static final int BEARERS = 10_000;
    private static final int OF_ONE = 50;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Key, Bearer> bearers = recent(BEARERS);

    private record Key(String tenant, String member, int keyNo, String grant) {}

    private record Bearer(AtomicInteger denials, Map<String, Talk> talks) {
        boolean isOver(long now) {
            return talks.values().stream().allMatch(talk -> talk.isOver(now));
        }
    }

    private static <K, V> Map<K, V> recent(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The one to which a session belongs that is opened now. */
    public Talk join(String tenant, String member, int keyNo, @Nullable GrantPass grant, Origin origin, long now) {
        if (keyNo == 0) {
            return Talk.alone();
        }
        Key key = new Key(tenant, member, keyNo, grant == null ? "" : grant.id());
        String name = origin.clientSession().isEmpty() ? "\n" + origin.remote() : origin.clientSession();
        return alone(known -> {
            Bearer bearer = known.get(key);
            if (bearer == null || bearer.isOver(now)) {
                bearer = new Bearer(new AtomicInteger(), recent(OF_ONE));
                known.put(key, bearer);
            }
            Talk talk = bearer.talks().get(name);
            if (talk == null || talk.isOver(now)) {
                talk = new Talk(bearer.denials(), now);
                bearer.talks().put(name, talk);
            }
            talk.use(now);
            return talk;
        });
    }

    /**
     * Ends one, and what was denied to its bearer is forgotten.
     *
     * @return whose it was; empty where this node has none of this id
     */
    public Optional<String> reset(String tenant, String id) {
        return alone(known -> {
            for (Map.Entry<Key, Bearer> one : known.entrySet()) {
                if (one.getKey().tenant().equals(tenant)) {
                    for (Talk talk : one.getValue().talks().values()) {
                        if (talk.id().equals(id)) {
                            talk.reset();
                            return Optional.of(one.getKey().member());
                        }
                    }
                }
            }
            return Optional.empty();
        });
    }

    private <T> T alone(Function<Map<Key, Bearer>, T> work) {
        lock.lock();
        try {
            return work.apply(bearers);
        } finally {
            lock.unlock();
        }
    }
}
