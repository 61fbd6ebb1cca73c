package dev.bulla.integrations.okhttp;

import dev.bulla.error.BullaException;
import java.io.IOException;

/**
 * A call that got no answer of the service because of what {@link #failure} says. It is an {@link IOException} because that is what
 * OkHttp, and what is built on it, hands to {@code onFailure}; any other exception would end the thread of an enqueued call. The message
 * is that of the failure, and holds no secret either.
 */
public final class BullaCallFailed extends IOException {
    private static final long serialVersionUID = 1L;

    private final BullaException failure;

    BullaCallFailed(BullaException failure) {
        super(failure.getMessage(), failure);
        this.failure = failure;
    }

    /** What is the matter: its code, who must act, and whether a retry can help. */
    public BullaException failure() {
        return failure;
    }
}
