package dev.bulla.http;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.ProviderHttp;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hardened way out. Every call is sent at most once and no redirect is followed, whatever the answer; there are no cookies and no
 * cache, and connections go to public addresses only, apart from {@link HttpSettings#reachable}. Only https is spoken (TLS 1.2 and
 * later, host names always verified), apart from loopback addresses on that list. Time, header and body sizes are bounded, the body
 * as it comes out of decompression: 256 KiB for tokens, 512 KiB for metadata, 10 MiB for API calls.
 *
 * <p>Failures of {@link #send}:
 *
 * <ul>
 *   <li>{@link ProviderException} {@code TRANSIENT}, error {@code unreachable}: no byte of the request left (name not found, refused,
 *       timeout while connecting, TLS handshake or host name).
 *   <li>{@link ProviderException} {@code OUTCOME_UNKNOWN} where a byte may have left: {@code no_answer} (timeout, reset, cut short),
 *       for API calls {@code timeout} apart from it, {@code answer_too_large}, {@code answer_refused} (an encoding that was not asked for).
 *   <li>{@link BullaException} {@code EGRESS_BLOCKED}: the address may not be reached, or is not https; {@code INVALID_ARGUMENT}: a
 *       method or header that callers do not set, or a header value that can not be sent; {@code CLOSED}.
 * </ul>
 *
 * <p>Exceptions and log lines name method, host and path, never a query, header or body. One debug line a call. Thread-safe; calls
 * block, and hold no lock while they do.
 */
public final class HardenedHttp implements ProviderHttp, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HardenedHttp.class);

    private final Supplier<Clients> make;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Clients clients;
    private final Outgoing outgoing;
    private volatile boolean closed;

    private HardenedHttp(HttpSettings settings) {
        List<Reachable> exceptions =
                settings.reachable().stream().map(Reachable::parse).toList();
        this.make = () -> new Clients(settings, exceptions);
        this.clients = settings.authorities().isEmpty() ? null : make.get();
        this.outgoing = new Outgoing(exceptions);
    }

    /** Made at the first call: to read the authorities of the JVM takes longer than everything else that a host starts with. */
    private Clients clients() {
        Clients known = clients;
        if (known != null) {
            return known;
        }
        making.lock();
        try {
            Clients made = clients;
            if (made == null) {
                made = make.get();
                clients = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    /** @throws IllegalArgumentException where an authority can not be used */
    public static HardenedHttp create(HttpSettings settings) {
        return new HardenedHttp(settings);
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        if (closed) {
            throw new BullaException(ErrorCode.CLOSED, "the client is closed");
        }
        long start = System.nanoTime();
        try {
            HttpAnswer answer = exchange(call);
            log(call, Integer.toString(answer.status()), start);
            return answer;
        } catch (BullaException failure) {
            log(call, failure.code().name(), start);
            throw failure;
        }
    }

    private HttpAnswer exchange(HttpCall call) {
        Trace trace = new Trace();
        try {
            return execute(call, clients().of(call.purpose()), trace);
        } catch (BullaException e) {
            if (!trace.metStaleConnection()) {
                throw e;
            }
        }
        // nothing was sent
        return execute(call, clients().anew(call.purpose()), new Trace());
    }

    private HttpAnswer execute(HttpCall call, OkHttpClient client, Trace trace) {
        Request request = outgoing.request(call, trace);
        try (Response response = client.newCall(request).execute()) {
            return Incoming.read(response, call.purpose());
        } catch (Incoming.Refused e) {
            throw new ProviderException(Kind.OUTCOME_UNKNOWN, e.error, 0, null, call + ": the answer is not taken");
        } catch (IOException | RuntimeException e) {
            throw failure(call, trace, e);
        }
    }

    private static BullaException failure(HttpCall call, Trace trace, Exception e) {
        if (trace.mayHaveSent()) {
            String error =
                    call.purpose() == Purpose.API && e instanceof InterruptedIOException ? "timeout" : "no_answer";
            return new ProviderException(Kind.OUTCOME_UNKNOWN, error, 0, null, call + ": no complete answer");
        }
        if (isBlocked(e)) {
            return new BullaException(ErrorCode.EGRESS_BLOCKED, call + ": the address is not one to reach from here");
        }
        return new ProviderException(Kind.TRANSIENT, "unreachable", 0, null, call + ": not reached");
    }

    /** Looks also among the failures of the other addresses of a name. */
    private static boolean isBlocked(Throwable e) {
        for (Throwable other : e.getSuppressed()) {
            if (isBlocked(other)) {
                return true;
            }
        }
        return e instanceof EgressGuard.Blocked || e.getCause() != null && isBlocked(e.getCause());
    }

    private static void log(HttpCall call, String outcome, long start) {
        if (log.isDebugEnabled()) {
            log.debug("{} {} {} ms", call, outcome, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
    }

    /** Ends idle connections; calls under way finish, later ones are refused. */
    @Override
    public void close() {
        closed = true;
        Clients known = clients;
        if (known != null) {
            known.close();
        }
    }

    @Override
    public String toString() {
        return "HardenedHttp";
    }
}
