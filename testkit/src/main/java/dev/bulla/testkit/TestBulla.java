package dev.bulla.testkit;

import dev.bulla.Bulla;
import dev.bulla.BullaBuilder;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.form.OwnerFields;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Landing;
import dev.bulla.model.Settings;
import dev.bulla.provider.Field;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.testing.TestTransport;
import dev.bulla.testkit.store.InMemoryStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The library for a host's own tests: the real thing, on a store in memory, with fakes in place of services and a time that moves by
 * hand. Thread-safe once made.
 *
 * <pre>{@code
 * FakeService github = FakeService.speaking(GitHub.create());
 * try (TestBulla world = TestBulla.inMemory(github).at("2026-11-20T12:00:00Z")) {
 *     world.connect("acme", "alice", "github");
 *     world.advance(Duration.ofHours(9));
 *     ...
 * }
 * }</pre>
 */
public final class TestBulla implements AutoCloseable {
    /** Base URI of the host in these tests. */
    public static final String BASE = "https://host.test/bulla";

    /** A return address on the list. */
    public static final String RETURN_TO = "https://host.test/done";

    private final TestClock clock = TestClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<FakeService> services;
    private final Bulla bulla;

    private TestBulla(UnaryOperator<BullaBuilder> setup, List<FakeService> services) {
        this.services = List.copyOf(services);
        services.forEach(service -> service.clock(clock));
        bulla = setup.apply(Bulla.builder()
                        .store(InMemoryStore.on(() -> clock.instant().toEpochMilli()))
                        .hostKeys(HostKeyring.ephemeral())
                        .baseUri(BASE)
                        .returnTo("https://host.test/")
                        .providers(services.stream().map(FakeService::provider).toArray(Provider[]::new))
                        .clock(clock)
                        .transport(new TestTransport(this::send)))
                .build();
    }

    /** With these services, and nothing else, reachable. */
    public static TestBulla inMemory(FakeService... services) {
        return new TestBulla(setup -> setup, List.of(services));
    }

    /**
     * With these services and further settings.
     *
     * @param setup adds what the host sets beside store, keys, addresses, providers and clock, such as {@code setup ->
     *     setup.listener(mail)}
     */
    public static TestBulla inMemory(UnaryOperator<BullaBuilder> setup, FakeService... services) {
        return new TestBulla(setup, List.of(services));
    }

    /** Sets the time. @param instant such as {@code 2026-11-20T12:00:00Z} */
    public TestBulla at(String instant) {
        clock.set(Instant.parse(instant));
        return this;
    }

    /** Moves the time of library, database and services. */
    public void advance(Duration by) {
        clock.advance(by);
    }

    /** The clock that moves, for the host's own parts. */
    public Clock clock() {
        return clock;
    }

    /** The library, to be given to the code under test. */
    public Bulla bulla() {
        return bulla;
    }

    /**
     * Connects a member: makes a connection under this name where there is none, of the provider with this id, and lets a user of the
     * same name as the member consent (or fills the form with made-up values).
     *
     * @param connection name of the connection; where it does not exist yet, also the id of the provider
     * @throws IllegalArgumentException where the form wants values that can not be made up; it names them
     * @throws IllegalStateException where the connection misses settings that only the test knows; it names them
     */
    public ConnectedAccount connect(String tenant, String member, String connection) {
        return connect(tenant, member, connection, member);
    }

    /** Connects a member as this user of the service. */
    public ConnectedAccount connect(String tenant, String member, String connection, String user) {
        configured(tenant, connection);
        Member who = bulla.tenant(tenant).member(member);
        ConnectStep step = who.connect(connection, RETURN_TO);
        return step instanceof ConnectStep.Form form
                ? who.submit(connection, madeUp(form))
                : landed(callback(who, (ConnectStep.Redirect) step, user));
    }

    /** Connects a member by a form that is filled with these values. */
    public ConnectedAccount connect(String tenant, String member, String connection, Map<String, String> values) {
        configured(tenant, connection);
        return bulla.tenant(tenant).member(member).submit(connection, values);
    }

    /** Goes through consent and callback, and answers whatever comes of it. */
    public Landing callback(Member member, ConnectStep.Redirect redirect, String user) {
        return callback(member, redirect, at(redirect.location()).consent(redirect.location(), user));
    }

    /** Brings a callback of a service to the library, from the browser that began. */
    public Landing callback(Member member, ConnectStep.Redirect redirect, URI callback) {
        return member.complete(CallbackRequest.of(
                callback.getPath(),
                callback.getRawQuery(),
                Map.of(redirect.cookie().name(), redirect.cookie().value())));
    }

    private static ConnectedAccount landed(Landing landing) {
        if (landing.outcome() instanceof Landing.Connected connected) {
            return connected.account();
        }
        if (landing.outcome() instanceof Landing.Choosing choosing) {
            return choosing.account();
        }
        throw new AssertionError("the member did not connect: " + landing.outcome());
    }

    private void configured(String tenant, String name) {
        Connections owner = bulla.tenant(tenant).connections();
        try {
            owner.get(name);
        } catch (BullaException e) {
            if (e.code() != ErrorCode.CONNECTION_UNKNOWN) {
                throw e;
            }
            List<String> missing = owner.create(name, name).mode() == Mode.OWN_APP
                    ? owner.save(name, madeUpApp(name, owner.provider(name))).missing()
                    : owner.get(name).missing();
            if (!missing.isEmpty()) {
                throw new IllegalStateException("the connection misses settings, save them first: " + missing);
            }
        }
    }

    private static Settings madeUpApp(String name, Provider provider) {
        return Settings.clientId(madeUp(OwnerFields.clientId(provider), "client-of-" + name)
                        .orElse(""))
                .clientSecret(madeUp(OwnerFields.clientSecret(provider), "secret-of-" + name)
                        .orElse(""));
    }

    private static Map<String, String> madeUp(ConnectStep.Form form) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        form.fields().stream()
                .filter(field -> field.required() && field.input().preset().isEmpty())
                .forEach(field -> madeUp(field, "made-up-" + field.name())
                        .ifPresentOrElse(value -> values.put(field.name(), value), () -> unknown.add(field.name())));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("the form wants values of a kind, connect with them: " + unknown);
        }
        return values;
    }

    private static Optional<String> madeUp(Field field, String plain) {
        Field.Input input = field.input();
        return Stream.concat(
                        input.options().stream().map(Field.Option::value),
                        Stream.of(plain, input.placeholder(), "1234567890", "0123456789abcdef0123456789abcdef"))
                .filter(value ->
                        field.take(value).filter(kept -> !kept.isEmpty()).isPresent())
                .findFirst();
    }

    private FakeService at(URI uri) {
        return services.stream()
                .filter(service -> service.isAt(uri))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no service is at " + uri.getHost()));
    }

    private HttpAnswer send(HttpCall call) {
        return at(call.uri()).send(call);
    }

    /** Ends the library. */
    @Override
    public void close() {
        bulla.close();
    }
}
