package dev.bulla.crashes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The refresh tokens that descend from one consent, in the order in which the service gave them out. Thread-safe. */
final class Line {
    final Service service;
    private final List<String> tokens = new CopyOnWriteArrayList<>();

    Line(Service service) {
        this.service = service;
    }

    void add(String token) {
        tokens.add(token);
    }

    /** The one that was stored when the account was connected. */
    String first() {
        return tokens.get(0);
    }

    List<String> tokens() {
        return List.copyOf(tokens);
    }
}
