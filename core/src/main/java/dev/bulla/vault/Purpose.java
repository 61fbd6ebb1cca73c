package dev.bulla.vault;

/** What a record is for. It stands in the associated data, so that no record opens in another's place. */
public enum Purpose {
    /** An account's tokens. */
    ACCOUNT("account"),
    /** The client secret of an app registration. */
    APP("app"),
    /** A connection's own secrets. */
    CONNECTION("connection"),
    /** The snapshot of a flow under way. */
    FLOW("flow"),
    /** What webhooks of a connection are verified with. */
    WEBHOOK("webhook"),
    /** What waits for the holder of a ticket. */
    TICKET("ticket"),
    /** What a grant opens. */
    GRANT("grant"),
    /** The member's former seeds. */
    PREVIOUS_KEYS("previous-keys");

    private final String label;

    Purpose(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
