package dev.bulla.integrations.springboot;

/** Something that a host has to write before it can start, and how. */
final class SetupMissing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String action;

    SetupMissing(String problem, String action) {
        super(problem);
        this.action = action;
    }

    String action() {
        return action;
    }
}
