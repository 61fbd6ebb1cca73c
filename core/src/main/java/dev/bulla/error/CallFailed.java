package dev.bulla.error;

/**
 * A call was let through, and its service gave no answer: {@code PROVIDER_UNAVAILABLE} where it was not reached, or broke off a call that
 * changes nothing; {@code UPSTREAM_TIMEOUT} where such a call took too long; {@code ANSWER_REFUSED} where the answer is too large or
 * no answer; {@code OUTCOME_UNKNOWN} where a call that changes something may have arrived: nothing repeats that one, here or by {@link
 * #isRetryable}.
 */
public final class CallFailed extends BullaException {
    private static final long serialVersionUID = 1L;

    private final String connection;
    private final String entry;

    /** @param entry id of the audit's entry, or empty */
    public CallFailed(ErrorCode code, String connection, String entry, String message) {
        super(code, message);
        this.connection = connection;
        this.entry = entry;
    }

    /** The connection's name. */
    public String connection() {
        return connection;
    }

    /** Id of the audit's entry of this call, to be told to whoever asks what became of it; empty without an audit. */
    public String entry() {
        return entry;
    }

    @Override
    public boolean isRetryable() {
        return code() != ErrorCode.OUTCOME_UNKNOWN && super.isRetryable();
    }
}
