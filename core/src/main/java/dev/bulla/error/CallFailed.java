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

    public CallFailed(ErrorCode code, String connection, String message) {
        super(code, message);
        this.connection = connection;
    }

    /** The connection's name. */
    public String connection() {
        return connection;
    }

    @Override
    public boolean isRetryable() {
        return code() != ErrorCode.OUTCOME_UNKNOWN && super.isRetryable();
    }
}
