package dev.bulla.journeys;

import dev.bulla.Bulla;
import dev.bulla.BullaBuilder;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.Settings;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.store.Store;
import dev.bulla.testing.TestTransport;
import dev.bulla.testkit.store.InMemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Nodes of a host whose service answers from memory, and remembers what it was sent: for what stands between a call and its service. */
final class Booth implements AutoCloseable {
    static final String HOME = "https://api.example.com/v1";

    final Time time = new Time(Instant.parse("2026-11-20T12:00:00Z"));
    final Store store = InMemoryStore.on(() -> time.instant().toEpochMilli());
    final List<HttpCall> sent = new CopyOnWriteArrayList<>();
    private final HostKeyring ring = HostKeyring.ephemeral();
    private final List<Bulla> nodes = new ArrayList<>();
    private volatile Function<HttpCall, HttpAnswer> service = call -> answer(200);

    static HttpAnswer answer(int status) {
        return new HttpAnswer(
                status, Map.of("content-type", List.of("application/json")), "{}".getBytes(StandardCharsets.UTF_8));
    }

    static HttpAnswer pause(int status, String retryAfter) {
        return new HttpAnswer(status, Map.of("retry-after", List.of(retryAfter)), new byte[0]);
    }

    void answers(Function<HttpCall, HttpAnswer> value) {
        service = value;
    }

    static Provider.Builder provider() {
        return Provider.builder("keyed", "Keyed")
                .form(new KeyForm(
                        List.of(Field.secret("key", "Key", "")),
                        "key",
                        (values, call) -> new KeyForm.Verification(true, Identity.of("1", "one"), List.of())))
                .hostCredential()
                .api(ApiAccess.bearer(HOME, "files.example.com"));
    }

    Bulla node(Provider provider, UnaryOperator<BullaBuilder> how) {
        Bulla node = how.apply(Bulla.builder()
                        .store(store)
                        .hostKeys(ring)
                        .baseUri("https://app.example.com/bulla")
                        .returnTo("https://app.example.com/")
                        .clock(time)
                        .baseline(Baseline.open())
                        .providers(provider)
                        .transport(new TestTransport(call -> {
                            sent.add(call);
                            return service.apply(call);
                        })))
                .build();
        nodes.add(node);
        return node;
    }

    Bulla node() {
        return node(provider().build(), setup -> setup);
    }

    static Connections owner(Bulla node) {
        return node.tenant("acme").connections();
    }

    static Member member(Bulla node, String name) {
        return node.tenant("acme").member(name);
    }

    /** A connection on which each member has a key of their own. */
    static void connection(Bulla node, String name) {
        owner(node).create(name, "keyed");
        owner(node).save(name, Settings.none());
    }

    static void connect(Bulla node, String connection, String... members) {
        for (String name : members) {
            member(node, name).submit(connection, Map.of("key", "key-of-" + name));
        }
    }

    /** The paths that were called, with their hosts. */
    List<String> called() {
        return sent.stream().map(call -> call.uri().toString()).toList();
    }

    @Override
    public void close() {
        nodes.forEach(Bulla::close);
    }
}
