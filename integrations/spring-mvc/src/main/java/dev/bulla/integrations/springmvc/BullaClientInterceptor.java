package dev.bulla.integrations.springmvc;

import dev.bulla.ApiRequest;
import dev.bulla.ApiResponse;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.Tokens;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends what a {@code RestClient} or {@code RestTemplate} asks for through {@link Session#call}, so that it calls a service as a member
 * and never holds a token:
 *
 * <pre>{@code
 * RestClient github = RestClient.builder()
 *         .requestInterceptor(BullaClientInterceptor.of(session, "github-prod"))
 *         .build();
 * String repositories = github.get().uri("/user/repos").retrieve().body(String.class);
 * }</pre>
 *
 * or, with one client for all members, by the session that each request brings along:
 *
 * <pre>{@code
 * .requestInterceptor(BullaClientInterceptor.of(request -> (Session) request.getAttributes().get("session"), "github-prod"))
 * github.get().uri("/user/repos").attribute("session", session)
 * }</pre>
 *
 * <p>A request does not go on down the chain, so Spring's own HTTP client is never asked: the credential, its refresh, the one repetition
 * after a 401, the list of hosts and the refusal of redirects stay Bulla's. Add it last. An address is a path below the service's API, or
 * an absolute one of a host on its list. Bodies are sent and received whole. An {@code Authorization} header that a request has already is
 * refused with {@code INVALID_ARGUMENT}: whoever set it means somebody else's credential.
 *
 * <p>What {@link Session#call} throws comes out as it is, such as {@link dev.bulla.error.CredentialUnavailable}; what the service
 * answers goes Spring's usual ways. Immutable and thread-safe.
 */
public final class BullaClientInterceptor implements ClientHttpRequestInterceptor {
    private final Function<HttpRequest, @Nullable Session> sessions;
    private final String connection;
    private final String label;
    private final String tokenSet;

    private BullaClientInterceptor(
            Function<HttpRequest, @Nullable Session> sessions, String connection, String label, String tokenSet) {
        this.sessions = sessions;
        this.connection = connection;
        this.label = label;
        this.tokenSet = tokenSet;
    }

    /**
     * Every request as the member of this session, which stays the caller's to close.
     *
     * @param connection name of the connection
     */
    public static BullaClientInterceptor of(Session session, String connection) {
        return of(request -> session, connection);
    }

    /**
     * Each request as the member of the session that is found for it.
     *
     * @param sessions finds the session; null means nobody's, and the call fails
     * @param connection name of the connection
     */
    public static BullaClientInterceptor of(Function<HttpRequest, @Nullable Session> sessions, String connection) {
        return new BullaClientInterceptor(sessions, connection, "", Tokens.MAIN);
    }

    /** The same for one of several accounts on a connection. */
    public BullaClientInterceptor label(String value) {
        return new BullaClientInterceptor(sessions, connection, value, tokenSet);
    }

    /** The same with another named token set than the usual one, where the account has several. */
    public BullaClientInterceptor as(String value) {
        return new BullaClientInterceptor(sessions, connection, label, value);
    }

    /** @throws BullaException as {@link Session#call} does; {@code INVALID_ARGUMENT} where no session is found */
    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution unused) {
        Session session = sessions.apply(request);
        if (session == null) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "the request has no session, so no member");
        }
        return new Answer(session.call(connection, label, call(request, body).as(tokenSet)));
    }

    private static ApiRequest call(HttpRequest request, byte[] body) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.getHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        if (headers.containsKey(HttpHeaders.AUTHORIZATION)) {
            throw new BullaException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the request has an Authorization header of its own; the session attaches the credential");
        }
        headers.remove(HttpHeaders.CONTENT_LENGTH); // that of the body, which its sender counts
        String type = headers.remove(HttpHeaders.CONTENT_TYPE);
        ApiRequest call =
                ApiRequest.of(request.getMethod().name(), request.getURI().toString());
        if (body.length > 0) {
            call = call.body(type == null ? "application/octet-stream" : type, body);
        }
        for (Map.Entry<String, String> header : headers.entrySet()) {
            call = call.header(header.getKey(), header.getValue());
        }
        return call;
    }

    @Override
    public String toString() {
        return "BullaClientInterceptor[" + connection + "]";
    }

    private static final class Answer implements ClientHttpResponse {
        private final int status;
        private final HttpHeaders headers = new HttpHeaders();
        private final InputStream body;

        Answer(ApiResponse answer) {
            status = answer.status();
            answer.headers().forEach(this::copy);
            body = new ByteArrayInputStream(answer.body());
        }

        private void copy(String name, List<String> values) {
            values.forEach(value -> headers.add(name, value));
        }

        @Override
        public HttpStatusCode getStatusCode() {
            return HttpStatusCode.valueOf(status);
        }

        @Override
        public String getStatusText() {
            return "";
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public void close() {}
    }
}
