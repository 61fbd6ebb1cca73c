package dev.bulla.crashes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulla.testkit.server.AuthorizationServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before the token endpoints: holds a request before the service has seen it, or the answer after the service has carried it
 * out, and knows which tokens descend from which. Thread-safe.
 */
final class Relay implements AutoCloseable {
    static final String RECEIVED = "received";
    static final String CARRIED_OUT = "carried_out";
    private static final Pattern REFRESH_TOKEN = Pattern.compile("\"refresh_token\"\\s*:\\s*\"([^\"]+)\"");

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final Map<String, Integer> refused = new ConcurrentHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final Set<String> holds = ConcurrentHashMap.newKeySet();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final AtomicInteger busy = new AtomicInteger();
    private volatile CountDownLatch end = new CountDownLatch(1);

    Relay() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        http.setExecutor(threads);
        http.start();
    }

    int port() {
        return http.getAddress().getPort();
    }

    void before(Service service, AuthorizationServer server) {
        http.createContext("/" + service.id() + "/token", exchange -> {
            busy.incrementAndGet();
            try (exchange) {
                pass(exchange, service, server.at("/token"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                busy.decrementAndGet();
            }
        });
    }

    /** Holds the next request that brings this code or refresh token. @param moment RECEIVED or CARRIED_OUT */
    void hold(String moment, String token) {
        holds.add(moment + " " + token);
    }

    boolean isHeld(String moment, String token) {
        return held.contains(moment + " " + token);
    }

    /** Drops what is held, as the sender is dead, and waits until nothing is under way. */
    void drop() {
        holds.clear();
        end.countDown();
        Waits.until("the relay is idle", () -> busy.get() == 0);
        held.clear();
        end = new CountDownLatch(1);
    }

    /** What descends from a code. */
    Line line(String code) {
        Line line = lines.get(code);
        if (line == null) {
            throw new AssertionError("a code was not redeemed");
        }
        return line;
    }

    /** How often a token was refused here, before the service itself saw it. */
    int refused(String token) {
        return refused.getOrDefault(token, 0);
    }

    void forget() {
        lines.clear();
        refused.clear();
        seen.clear();
    }

    private void pass(HttpExchange exchange, Service service, URI target) throws IOException, InterruptedException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean refresh = body.contains("grant_type=refresh_token");
        String token = parameter(body, refresh ? "refresh_token" : "code");
        if (stays(RECEIVED, token)) {
            return;
        }
        int status;
        String answer;
        if (service == Service.ROTATING && refresh && !seen.add(token)) {
            refused.merge(token, 1, Integer::sum);
            status = 400;
            answer = "{\"error\":\"invalid_grant\"}";
        } else {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(target).POST(HttpRequest.BodyPublishers.ofString(body));
            for (String name : List.of("Content-Type", "Authorization")) {
                String value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    request.header(name, value);
                }
            }
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            status = response.statusCode();
            answer = response.body();
            note(service, token, answer);
        }
        if (stays(CARRIED_OUT, token)) {
            return;
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** A new line of tokens starts with its code. */
    private void note(Service service, String token, String answer) {
        Matcher matcher = REFRESH_TOKEN.matcher(answer);
        if (matcher.find()) {
            Line line = lines.computeIfAbsent(token, code -> new Line(service));
            line.add(matcher.group(1));
            lines.put(matcher.group(1), line);
        }
    }

    private boolean stays(String moment, String token) throws InterruptedException {
        String point = moment + " " + token;
        CountDownLatch latch = end;
        if (!holds.remove(point)) {
            return false;
        }
        held.add(point);
        latch.await();
        return true;
    }

    private static String parameter(String body, String name) {
        for (String pair : body.split("&")) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    @Override
    public void close() {
        end.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
