package dev.bulla.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Knows of one call whether a byte of the request may have left, and looks at a kept connection before it is used again: one that the
 * other side has closed would swallow the request and leave its outcome unknown.
 */
final class Trace extends EventListener {
    private static final int PROBE_MILLIS = 1;

    private volatile boolean connected;
    private volatile boolean sending;
    private volatile boolean stale;

    /** True from just before the first byte is written to a connected (and, for https, secured) socket. */
    boolean mayHaveSent() {
        return sending;
    }

    /** Whether the call ended before it began, on a kept connection that was no longer good. */
    boolean metStaleConnection() {
        return stale && !sending;
    }

    @Override
    public void connectEnd(Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
        connected = true;
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        if (!connected && !isAlive(connection.socket())) {
            stale = true;
            call.cancel();
        }
    }

    @Override
    public void requestHeadersStart(Call call) {
        sending = true;
    }

    /** An idle connection says nothing. If it does, or has ended, it is closed, so that nobody gets it again. */
    private static boolean isAlive(Socket socket) {
        try {
            int before = socket.getSoTimeout();
            socket.setSoTimeout(PROBE_MILLIS);
            try {
                socket.getInputStream().read();
            } catch (SocketTimeoutException e) {
                socket.setSoTimeout(before);
                return true;
            }
            socket.close();
        } catch (IOException e) {
            // not alive
        }
        return false;
    }

    /** The listener that the call carries as a tag. */
    static EventListener of(Call call) {
        Trace trace = call.request().tag(Trace.class);
        return trace == null ? EventListener.NONE : trace;
    }
}
