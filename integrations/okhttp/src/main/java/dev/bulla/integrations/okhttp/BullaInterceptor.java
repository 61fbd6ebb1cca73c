package dev.bulla.integrations.okhttp;

import dev.bulla.ApiResponse;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.Tokens;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends what an OkHttp client asks for through {@link Session#call}, so that code written for OkHttp, Retrofit or a generated client
 * calls a service as a member and never holds a token:
 *
 * <pre>{@code
 * OkHttpClient github = client.newBuilder()
 *         .addInterceptor(BullaInterceptor.of(session, "github-prod"))
 *         .build();
 * }</pre>
 *
 * or, with one client for all members, by the session that each request brings along:
 *
 * <pre>{@code
 * .addInterceptor(BullaInterceptor.of(request -> request.tag(Session.class), "github-prod"))
 * }</pre>
 *
 * <p>A request does not go on down the chain. The session sends it, to hosts of the provider's list only, with the credential that it
 * attaches; a 401 leads to one refresh and one repetition, and a redirect is an answer. So of the client around it only what comes
 * before counts: interceptors that were added earlier, dispatcher, call timeout, cancelling (which does not stop a request that is under
 * way). Its connections, proxy, TLS settings, DNS, cookies, cache, authenticators, event listeners, network interceptors, and timeouts
 * for connecting, reading and writing are not used; {@link dev.bulla.http.HttpSettings} has what there is to set. Add it last, and never as a
 * network interceptor.
 *
 * <p>A request keeps its method, address, headers and body. A body is written once, into memory, and has at most 10 MiB, as an answer
 * has; duplex bodies and WebSockets are refused. Several values of a header become one. {@code Content-Length}, {@code Accept-Encoding} and
 * the other headers that belong to a connection are replaced by the session's. The answer comes with its status, headers and body, unpacked.
 *
 * <p>An {@code Authorization} header that a request has already is refused with {@code INVALID_ARGUMENT}: whoever set it means somebody
 * else's credential. For code that can not be talked out of setting one, {@link #replacing} throws it away.
 *
 * <p>Where there is no answer, {@link BullaCallFailed} says why. Immutable and thread-safe.
 */
public final class BullaInterceptor implements Interceptor {
    private final Function<Request, @Nullable Session> sessions;
    private final String connection;
    private final String label;
    private final String tokenSet;
    private final Set<String> replaced;

    private BullaInterceptor(
            Function<Request, @Nullable Session> sessions,
            String connection,
            String label,
            String tokenSet,
            Set<String> replaced) {
        this.sessions = sessions;
        this.connection = connection;
        this.label = label;
        this.tokenSet = tokenSet;
        this.replaced = replaced;
    }

    /**
     * Every request as the member of this session, which stays the caller's to close.
     *
     * @param connection name of the connection
     */
    public static BullaInterceptor of(Session session, String connection) {
        return of(request -> session, connection);
    }

    /**
     * Each request as the member of the session that is found for it. Look into the request, not at the thread: enqueued calls run on
     * threads of the client.
     *
     * @param sessions finds the session; null means nobody's, and the call fails
     * @param connection name of the connection
     */
    public static BullaInterceptor of(Function<Request, @Nullable Session> sessions, String connection) {
        return new BullaInterceptor(sessions, connection, "", Tokens.MAIN, Set.of());
    }

    /** The same for one of several accounts on a connection. */
    public BullaInterceptor label(String value) {
        return new BullaInterceptor(sessions, connection, value, tokenSet, replaced);
    }

    /** The same with another named token set than the usual one, where the account has several. */
    public BullaInterceptor as(String value) {
        return new BullaInterceptor(sessions, connection, label, value, replaced);
    }

    /**
     * The same for code that sets a credential of its own whatever one does, such as an SDK that must be given some token: these headers
     * of its requests are thrown away.
     *
     * @param headers such as {@code Authorization}, in any case
     */
    public BullaInterceptor replacing(String... headers) {
        Set<String> more = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        more.addAll(replaced);
        more.addAll(Set.of(headers));
        return new BullaInterceptor(sessions, connection, label, tokenSet, more);
    }

    /** @throws BullaCallFailed where there is no answer of the service */
    @Override
    public Response intercept(Chain chain) throws IOException {
        long sent = System.currentTimeMillis();
        refuseCancelled(chain);
        ApiResponse answer = call(chain);
        refuseCancelled(chain);
        return Answers.response(chain.request(), answer, sent);
    }

    private ApiResponse call(Chain chain) throws IOException {
        Request request = chain.request();
        try {
            if (chain.connection() != null) {
                throw new BullaException(
                        ErrorCode.SETUP,
                        "this is an application interceptor: use addInterceptor, not addNetworkInterceptor");
            }
            Session session = sessions.apply(request);
            if (session == null) {
                throw new BullaException(ErrorCode.INVALID_ARGUMENT, "the request has no session, so no member");
            }
            return session.call(
                    connection, label, Requests.apiRequest(request, replaced).as(tokenSet));
        } catch (BullaException e) {
            throw new BullaCallFailed(e);
        }
    }

    private static void refuseCancelled(Chain chain) throws IOException {
        if (chain.call().isCanceled()) {
            throw new IOException("Canceled");
        }
    }

    @Override
    public String toString() {
        return "BullaInterceptor[" + connection + "]";
    }
}
