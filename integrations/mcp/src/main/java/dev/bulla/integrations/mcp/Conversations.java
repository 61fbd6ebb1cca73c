package dev.bulla.integrations.mcp;

import dev.bulla.Session;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of the protocol on this node, each bound to one bearer of one tenant, until half an hour after the last request. Thread-safe.
 */
final class Conversations {
    static final Duration IDLE = Duration.ofMinutes(30);
    /** Of one bearer; then the one of these that was used least recently makes room. */
    static final int MOST_OF_ONE = 20;
    /** Of one member, who may have many grants; likewise. */
    static final int MOST_OF_MEMBER = 200;
    /** Of all bearers; likewise. */
    private static final int MOST = 10_000;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Conversation> open = new LinkedHashMap<>();

    private final InstantSource clock;

    Conversations(InstantSource clock) {
        this.clock = clock;
    }

    /** One session of the protocol. The library's own session behind it ends earlier, and is opened anew. */
    static final class Conversation {
        private final String bearer;
        private final String member;
        private final ReentrantLock lock = new ReentrantLock();
        private Session session;
        private boolean ended;
        private volatile long usedAt;

        private Conversation(String bearer, String member, Session session, long now) {
            this.bearer = bearer;
            this.member = member;
            this.session = session;
            this.usedAt = now;
        }

        /**
         * The session to work in: the present one, or the bearer's next one where that is over by itself. Whoever comes meanwhile gets the
         * same.
         *
         * @return null where the conversation has ended
         */
        @Nullable
        Session session(Supplier<Session> next) {
            lock.lock();
            try {
                if (!ended && !session.isOpen()) {
                    session = next.get();
                }
                return ended ? null : session;
            } finally {
                lock.unlock();
            }
        }

        private void end() {
            lock.lock();
            try {
                ended = true;
                session.close();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Begins one, and answers its id.
     *
     * @param tenant whose member the session is of
     */
    String begin(String tenant, String bearer, Session session) {
        byte[] random = new byte[24];
        RANDOM.nextBytes(random);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        String member = tenant + "\n" + session.member();
        long now = clock.millis();
        Deque<Conversation> ended = new ArrayDeque<>();
        lock.lock();
        try {
            open.values().removeIf(old -> isOver(old, now) && ended.add(old));
            makeRoom(one -> one.bearer.equals(bearer), MOST_OF_ONE).ifPresent(ended::add);
            makeRoom(one -> one.member.equals(member), MOST_OF_MEMBER).ifPresent(ended::add);
            makeRoom(one -> true, MOST).ifPresent(ended::add);
            open.put(id, new Conversation(bearer, member, session, now));
        } finally {
            lock.unlock();
        }
        ended.forEach(Conversation::end);
        return id;
    }

    /** Takes out the oldest of those that are counted together, where there are as many as there may be. */
    private Optional<Conversation> makeRoom(Predicate<Conversation> together, int most) {
        List<Map.Entry<String, Conversation>> all = open.entrySet().stream()
                .filter(entry -> together.test(entry.getValue()))
                .toList();
        return all.size() < most
                ? Optional.empty()
                : all.stream()
                        .min(Comparator.comparingLong(entry -> entry.getValue().usedAt))
                        .map(oldest -> open.remove(oldest.getKey()));
    }

    /** The one of this id, where it is this bearer's and not over. */
    Optional<Conversation> find(String id, String bearer) {
        long now = clock.millis();
        Conversation found;
        lock.lock();
        try {
            found = open.get(id);
            if (found == null || !found.bearer.equals(bearer)) {
                return Optional.empty();
            }
            if (!isOver(found, now)) {
                found.usedAt = now;
                return Optional.of(found);
            }
            open.remove(id);
        } finally {
            lock.unlock();
        }
        found.end();
        return Optional.empty();
    }

    void end(String id) {
        Conversation ended;
        lock.lock();
        try {
            ended = open.remove(id);
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            ended.end();
        }
    }

    private static boolean isOver(Conversation conversation, long now) {
        return now - conversation.usedAt >= IDLE.toMillis();
    }
}
