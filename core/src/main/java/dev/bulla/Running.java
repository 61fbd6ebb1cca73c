package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions and sweepers of this node, which end with the library. Closing looks at them after it has said so: it sees whoever is added, or
 * whoever is added sees that. Thread-safe.
 */
final class Running implements AutoCloseable {
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Set<Sweeper> sweepers = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    void add(Session session) {
        sessions.add(session);
        if (closing) {
            session.close();
        }
        refuseClosed();
    }

    void forget(Session session) {
        sessions.remove(session);
    }

    /** Begins to sweep, until this is closed. */
    Sweeper start(Sweeper sweeper) {
        sweepers.add(sweeper);
        if (closing) {
            sweepers.remove(sweeper);
        }
        refuseClosed();
        sweeper.begin();
        return sweeper;
    }

    void forget(Sweeper sweeper) {
        sweepers.remove(sweeper);
    }

    /** Ends the sessions of this node that were opened with another key; those of other nodes notice at their next use. */
    void keyChanged(String tenant, String member, int keyNo) {
        List.copyOf(sessions).forEach(session -> session.keyChanged(tenant, member, keyNo));
    }

    /** Ends what has lasted long enough at this time. */
    void sweep(long millis) {
        List.copyOf(sessions).forEach(session -> session.sweep(millis));
    }

    /** From the first moment of closing; what is under way comes to its end behind it. */
    boolean isClosing() {
        return closing;
    }

    void refuseClosed() {
        if (closing) {
            throw new BullaException(ErrorCode.CLOSED, "the library is closed");
        }
    }

    @Override
    public void close() {
        closing = true;
        List.copyOf(sweepers).forEach(Sweeper::close);
        List.copyOf(sessions).forEach(Session::close);
    }
}
