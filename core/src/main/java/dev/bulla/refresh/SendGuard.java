package dev.bulla.refresh;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderHttp;
import java.time.Duration;

/**
 * Lets nothing leave once a claim has aged: a process that was stopped between claim and send must not send when it wakes, because
 * somebody else may hold the claim by then. The age counts from before the claim was taken, by the monotonic clock. It is looked at
 * before a request is begun, and once more when the service is connected, just before the first byte. A second request under the same
 * claim must begin in time too, so that its answer is written before the claim ends.
 */
final class SendGuard implements ProviderHttp {
    static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration CONNECTED = LIMIT.plusSeconds(5);

    private final ProviderHttp http;
    private final Ticker ticker;
    private final long since;
    private boolean sent;
    private boolean aged;

    SendGuard(ProviderHttp http, Ticker ticker, long sinceNanos) {
        this.http = http;
        this.ticker = ticker;
        this.since = sinceNanos;
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        if (!isInTime(LIMIT)) {
            throw new ProviderException(
                    sent ? ProviderException.Kind.OUTCOME_UNKNOWN : ProviderException.Kind.TRANSIENT,
                    "claim_aged",
                    0,
                    null,
                    "the claim is too old to send under it");
        }
        boolean before = sent;
        sent = true;
        try {
            return http.send(call.onlyWhile(() -> isInTime(CONNECTED)));
        } catch (BullaException e) {
            sent = before || e.code() == ErrorCode.OUTCOME_UNKNOWN;
            throw e;
        }
    }

    private boolean isInTime(Duration age) {
        aged = ticker.nanos() - since > age.toNanos();
        return !aged;
    }

    /** Whether it was the age of the claim that kept everything here. */
    boolean heldBack() {
        return aged && !sent;
    }

    /** Whether something may have left. */
    boolean sent() {
        return sent;
    }
}
