package dev.bulla.examples.quickstart;

import java.util.Locale;

/** Who uses the quickstart. A real host has users of its own; Bulla only ever sees their ids. */
enum Person {
    OLIVIA("Olivia", true),
    ALICE("Alice", false),
    BOB("Bob", false);

    private final String displayName;
    private final boolean owner;

    Person(String displayName, boolean owner) {
        this.displayName = displayName;
        this.owner = owner;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String displayName() {
        return displayName;
    }

    boolean isOwner() {
        return owner;
    }
}
