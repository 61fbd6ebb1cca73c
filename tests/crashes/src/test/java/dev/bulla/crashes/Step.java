package dev.bulla.crashes;

import java.util.Locale;

/** Where a process dies in one write. */
enum Step {
    BEFORE("before"),
    /** Sent, not committed. */
    OPEN("sent, not committed"),
    /** Committed, not acknowledged. */
    DONE("committed, not acknowledged"),
    AFTER("after");

    final String words;

    Step(String words) {
        this.words = words;
    }

    String gate(String verb) {
        return verb + "." + name().toLowerCase(Locale.ROOT);
    }

    boolean isWritten() {
        return this == DONE || this == AFTER;
    }
}
