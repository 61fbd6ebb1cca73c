package dev.bulla.foreignservers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A reverse proxy in front of the server, under whose address the server is known. It counts what passes: each refresh token that is
 * redeemed, by its hash, and each answer to a call. A token request is passed on at most once, on a connection of its own, and only
 * when it has come in whole.
 */
final class Gate implements AutoCloseable {
    private static final Set<String> HOP =
            Set.of("connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer", "content-length");

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer front;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final URI backend;
    private final Redemptions redemptions = new Redemptions();
    private final ApiCalls calls = new ApiCalls();
    private final OkHttpClient once = new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .callTimeout(Duration.ofSeconds(60))
            .readTimeout(Duration.ofSeconds(60))
            .build();
    private final OkHttpClient kept = once.newBuilder()
            .connectionPool(new ConnectionPool())
            .retryOnConnectionFailure(true)
            .build();
    private volatile String tokenPath = "";
    private volatile String mePath = "";
    private volatile Duration delay = Duration.ZERO;

    private Gate(HttpServer front, URI backend) {
        this.front = front;
        this.backend = backend;
    }

    static Gate before(int backendPort) throws IOException {
        HttpServer front = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        Gate gate = new Gate(front, URI.create("http://127.0.0.1:" + backendPort));
        front.createContext("/", gate::pass);
        front.setExecutor(gate.threads);
        front.start();
        return gate;
    }

    /** Where the server seems to be. */
    URI address() {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
    }

    /** What to count. */
    void count(String token, String me) {
        tokenPath = token;
        mePath = me;
    }

    /** Token requests take this much longer on their way there, and on their way back. */
    void delay(Duration value) {
        delay = value;
    }

    Redemptions redemptions() {
        return redemptions;
    }

    ApiCalls calls() {
        return calls;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (path.equals(tokenPath)) {
                passToken(exchange, body);
                return;
            }
            try (Response answer = forward(kept, exchange, body)) {
                byte[] back = answer.body().bytes();
                if (path.equals(mePath)) {
                    calls.note(answer.code());
                }
                reply(exchange, answer, back);
            } catch (IOException e) {
                exchange.sendResponseHeaders(502, -1);
            }
        }
    }

    private void passToken(HttpExchange exchange, byte[] body) throws IOException {
        Redemptions.Open open = redemptions.arrived(body);
        LockSupport.parkNanos(delay.toNanos());
        boolean answered = false;
        try (Response answer = forward(once, exchange, body)) {
            byte[] back = answer.body().bytes();
            answered = true;
            redemptions.answered(open, answer.code(), back);
            LockSupport.parkNanos(delay.toNanos());
            reply(exchange, answer, back);
        } finally {
            if (!answered) {
                redemptions.answered(open, 502, new byte[0]);
            }
        }
    }

    private Response forward(OkHttpClient client, HttpExchange exchange, byte[] body) throws IOException {
        Request.Builder request = new Request.Builder()
                .url(backend.resolve(exchange.getRequestURI()).toString());
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            if (!HOP.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                header.getValue().forEach(value -> request.addHeader(header.getKey(), value));
            }
        }
        request.header("Accept-Encoding", "identity");
        String method = exchange.getRequestMethod();
        boolean bare = method.equals("GET") || method.equals("HEAD");
        request.method(method, bare ? null : RequestBody.create(body));
        return client.newCall(request.build()).execute();
    }

    private static void reply(HttpExchange exchange, Response answer, byte[] body) throws IOException {
        answer.headers().toMultimap().forEach((name, values) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(answer.code(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        front.stop(0);
        threads.shutdownNow();
        for (OkHttpClient client : List.of(once, kept)) {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }
}
