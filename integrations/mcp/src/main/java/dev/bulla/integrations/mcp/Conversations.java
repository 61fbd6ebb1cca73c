package dev.bulla.integrations.mcp;

import dev.bulla.Session;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of the protocol on this node, each bound to one bearer of one tenant, until half an hour after the last request. Thread-safe.
 */
final class Conversations {
    static final Duration IDLE = Duration.ofMinutes(30);
    /** Of all bearers; then the one that was used least recently makes room. */
    private static final int MOST = 10_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, Conversation> open = new ConcurrentHashMap<>();
    private final InstantSource clock;

    Conversations(InstantSource clock) {
        this.clock = clock;
    }

    /** One session of the protocol. The library's own session behind it ends earlier, and is opened anew. */
    static final class Conversation {
        private final byte[] bearer;
        private volatile Session session;
        private volatile long usedAt;

        private Conversation(byte[] bearer, Session session, long now) {
            this.bearer = bearer;
            this.session = session;
            this.usedAt = now;
        }

        Session session() {
            return session;
        }

        /** Goes on with another session of the same bearer. */
        void goOn(Session next) {
            Session before = session;
            session = next;
            before.close();
        }
    }

    /** Begins one, and answers its id. */
    String begin(byte[] bearer, Session session) {
        tidy();
        byte[] random = new byte[24];
        RANDOM.nextBytes(random);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        open.put(id, new Conversation(bearer, session, clock.millis()));
        return id;
    }

    /** The one of this id, where it is this bearer's and not over. */
    Optional<Conversation> find(String id, byte[] bearer) {
        Conversation found = open.get(id);
        if (found == null || !MessageDigest.isEqual(found.bearer, bearer)) {
            return Optional.empty();
        }
        long now = clock.millis();
        if (isOver(found, now)) {
            end(id);
            return Optional.empty();
        }
        found.usedAt = now;
        return Optional.of(found);
    }

    void end(String id) {
        Conversation ended = open.remove(id);
        if (ended != null) {
            ended.session().close();
        }
    }

    private static boolean isOver(Conversation conversation, long now) {
        return now - conversation.usedAt >= IDLE.toMillis();
    }

    private void tidy() {
        long now = clock.millis();
        open.forEach((id, conversation) -> {
            if (isOver(conversation, now)) {
                end(id);
            }
        });
        if (open.size() >= MOST) {
            open.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().usedAt))
                    .ifPresent(entry -> end(entry.getKey()));
        }
    }
}
