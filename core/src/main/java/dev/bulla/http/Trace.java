package dev.bulla.http;

import okhttp3.Call;
import okhttp3.EventListener;

/** Knows of one call whether a byte of the request may have left. */
final class Trace extends EventListener {
    private volatile boolean sending;

    /** True from just before the first byte is written to a connected (and, for https, secured) socket. */
    boolean mayHaveSent() {
        return sending;
    }

    @Override
    public void requestHeadersStart(Call call) {
        sending = true;
    }

    /** The listener that the call carries as a tag. */
    static EventListener of(Call call) {
        Trace trace = call.request().tag(Trace.class);
        return trace == null ? EventListener.NONE : trace;
    }
}
