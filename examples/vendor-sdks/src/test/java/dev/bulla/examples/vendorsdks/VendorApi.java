package dev.bulla.examples.vendorsdks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bulla.testkit.FakeService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The vendor's API on this machine: it knows the tokens that the fake of the vendor gave out. */
final class VendorApi implements AutoCloseable {
    /** What it answers: to a living token, and to any other. */
    record Answers(String good, int refusedStatus, String refused) {}

    private final FakeService vendor;
    private final Answers answers;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;

    VendorApi(FakeService vendor, Answers answers) {
        this.vendor = vendor;
        this.answers = answers;
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::answer);
        http.setExecutor(threads);
        http.start();
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** From now on no token is good enough. */
    void refuseEverything() {
        refusing = true;
    }

    /** Method and path of each request. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            asked.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            String header = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                    .orElse("");
            boolean good = !refusing
                    && header.startsWith("Bearer ")
                    && vendor.service()
                            .access(header.substring("Bearer ".length()))
                            .isPresent();
            byte[] body = (good ? answers.good() : answers.refused()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(good ? 200 : answers.refusedStatus(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdown();
    }
}
