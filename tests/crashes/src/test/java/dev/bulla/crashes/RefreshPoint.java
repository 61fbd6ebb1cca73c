package dev.bulla.crashes;

/** Where a process dies in a refresh, in the order of the way. */
enum RefreshPoint {
    BEFORE_CLAIM("before the claim", "claim.before", Left.NOTHING),
    CLAIM_OPEN("claim sent, not committed", "claim.open", Left.NOTHING),
    CLAIM_DONE("claim committed, not acknowledged", "claim.done", Left.INTENT),
    AFTER_CLAIM("after the claim", "claim.after", Left.INTENT),
    NOT_SENT("request not yet sent", "send.before", Left.INTENT),
    RECEIVED("request sent, not carried out", Relay.RECEIVED, Left.INTENT),
    CARRIED_OUT("request carried out, not answered", Relay.CARRIED_OUT, Left.REDEEMED),
    AFTER_ANSWER("after the answer", "answer.after", Left.REDEEMED),
    SEALED("after sealing, before the write", "store.before", Left.REDEEMED),
    WRITE_OPEN("write sent, not committed", "store.open", Left.REDEEMED),
    WRITE_DONE("write committed, not acknowledged", "store.done", Left.STORED),
    AFTER_WRITE("after the write", "store.after", Left.STORED);

    /** What is left of a refresh whose process died. */
    enum Left {
        NOTHING,
        /** The row says that a request was about to be sent. */
        INTENT,
        /** The service has carried it out besides. */
        REDEEMED,
        /** The answer is in the row. */
        STORED
    }

    final String words;
    final String gate;
    final Left left;

    RefreshPoint(String words, String gate, Left left) {
        this.words = words;
        this.gate = gate;
        this.left = left;
    }

    boolean isHeldByRelay() {
        return this == RECEIVED || this == CARRIED_OUT;
    }

    /** Whether nobody comes here whom the service refuses. */
    boolean needsAnAnswer() {
        return compareTo(CARRIED_OUT) > 0;
    }
}
