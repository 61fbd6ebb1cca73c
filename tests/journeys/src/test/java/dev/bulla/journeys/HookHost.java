package dev.bulla.journeys;

import static dev.bulla.provider.WebhookScheme.Found.body;
import static dev.bulla.provider.WebhookScheme.Found.header;

import com.sun.net.httpserver.HttpServer;
import dev.bulla.Webhooks;
import dev.bulla.integrations.jdkhttpserver.BullaHttpHandler;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Clock;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.provider.WebhookScheme.Source;
import dev.bulla.web.BullaHandlers;
import dev.bulla.web.Limits;
import dev.bulla.webhook.WebhookEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A host that takes webhooks over HTTP, and what it was told of them. */
final class HookHost implements AutoCloseable {
    static final String SECRET = "webhook-secret-of-hooked";
    static final String BODY = "{\"type\":\"thing.changed\",\"id\":7,\"name\":\"gr\u00fc\u00df\"}";

    final World world = new World();
    final List<WebhookEvent> events = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    /** With a connection {@code hooked} of a service that signs so, whose secret is saved. */
    HookHost(WebhookScheme scheme) throws IOException {
        this(scheme, Limits.none());
    }

    HookHost(WebhookScheme scheme, Limits limits) throws IOException {
        world.restart(setup -> setup.providers(provider("service", scheme)).onWebhook(events::add));
        connection("hooked", SECRET);
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext(
                "/bulla/",
                exchange -> BullaHttpHandler.of(BullaHandlers.of(world.bulla, new Front(world, "olivia"), limits))
                        .handle(exchange));
        server.start();
    }

    static WebhookScheme.Builder untimed() {
        return WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Signature", "sha256=", Coding.HEX)
                .source(Source.RECEIVER)
                .id(header("X-Delivery"))
                .type(body("type"));
    }

    static WebhookScheme.Builder timed() {
        return WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Signature", "", Coding.HEX)
                .over("{timestamp}.{body}")
                .time(header("X-Time"), Clock.SECONDS)
                .type(body("type"));
    }

    static String[] signed(String secret, String text) {
        return new String[] {"X-Signature", "sha256=" + hex(secret, text)};
    }

    static HttpResponse<String> at(HookHost host, long seconds, String text) throws Exception {
        return host.post("hooked", text, "X-Time", "" + seconds, "X-Signature", hex(SECRET, seconds + "." + text));
    }

    static long now(HookHost host) {
        return host.world.time.instant().getEpochSecond();
    }

    static Provider provider(String id, WebhookScheme scheme) {
        return Provider.builder(id, "Service")
                .form(form())
                .api(ApiAccess.bearer("https://service.example"))
                .webhooks(scheme)
                .build();
    }

    static KeyForm form() {
        return new KeyForm(
                List.of(Field.secret("key", "Key", "")),
                "key",
                (values, call) -> new KeyForm.Verification(true, Identity.of("1", "One"), List.of()));
    }

    void connection(String name, String secret) {
        connection(name, "service", secret);
    }

    void connection(String name, String provider, String secret) {
        world.owner().create(name, provider);
        world.owner().enable(name);
        webhooks(name).open();
        if (!secret.isEmpty()) {
            webhooks(name).save(Secret.of(secret));
        }
    }

    Webhooks webhooks(String name) {
        return world.owner().webhooks(name);
    }

    /** What stands behind {@code hooks/}. */
    String id(String name) {
        return webhooks(name).open().getPath().replaceFirst(".*/", "");
    }

    HttpRequest.Builder to(String id) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/bulla/hooks/" + id));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** @param headers names and values in turn */
    HttpResponse<String> post(String name, byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = to(id(name)).POST(BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> post(String name, String body, String... headers) throws IOException, InterruptedException {
        return post(name, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    static byte[] mac(String secret, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(String secret, byte[] bytes) {
        return HexFormat.of().formatHex(mac(secret, bytes));
    }

    static String hex(String secret, String text) {
        return hex(secret, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What the listeners were told, once they have been told of everything. */
    List<WebhookEvent> told() {
        world.bulla.close();
        return events;
    }

    @Override
    public void close() {
        server.stop(0);
        world.close();
    }
}
