package dev.bulla.testkit.server;

import dev.bulla.testkit.service.User;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who is logged in, by cookie; gone with the process. Thread-safe. */
final class Sessions {
    /** A logged-in user, and the text that each form of theirs must carry. */
    record Session(User user, String formToken) {}

    private static final SecureRandom RANDOM = new SecureRandom();

    /** Cookies ignore ports, so the name tells servers on one machine apart. */
    private final String cookie;

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    Sessions(int port) {
        cookie = "testkit_session_" + port;
    }

    Optional<Session> of(Visit visit) {
        String id = visit.cookie(cookie);
        return id == null ? Optional.empty() : Optional.ofNullable(sessions.get(id));
    }

    void open(Visit visit, User user) {
        String id = random();
        sessions.put(id, new Session(user, random()));
        visit.setCookie(cookie, id);
    }

    void close(Visit visit) {
        String id = visit.cookie(cookie);
        if (id != null) {
            sessions.remove(id);
        }
        visit.setCookie(cookie, "");
    }

    static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
