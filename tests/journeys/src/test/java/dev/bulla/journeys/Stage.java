package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.audit.AuditSettings;
import dev.bulla.databases.H2Server;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.http.HttpSettings;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.provider.TokenRevoker;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.store.AccountRow;
import dev.bulla.store.Store;
import dev.bulla.store.jdbc.JdbcStore;
import dev.bulla.store.jdbc.SchemaInstaller;
import dev.bulla.testkit.service.Dialect;
import dev.bulla.testkit.service.Misfortune;
import dev.bulla.testkit.service.Rotation;
import dev.bulla.testkit.store.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Alice has connected "notes" as Anna, with access tokens of ten minutes; and what tests of use and refresh ask then. */
final class Stage implements AutoCloseable {
    /** Life of an access token. */
    static final Duration LIFE = Duration.ofMinutes(10);
    /** After this a refresh is due, and the token lives. */
    static final Duration DUE = Duration.ofMinutes(7);
    /** After this nobody is handed the token any more, and it lives. */
    static final Duration MANDATORY = Duration.ofSeconds(570);
    /** After this the token has ended. */
    static final Duration ENDED = Duration.ofMinutes(11);
    /** Longer than any back-off that no service asked for, which counts from a failure that came late by some real seconds. */
    static final Duration BACK_OFF = Duration.ofSeconds(20);

    static final ApiRequest ME = ApiRequest.get("/api/me");

    private static final AtomicInteger STAGES = new AtomicInteger();

    final World world;
    final WatchedStore watched;
    private final Function<UnaryOperator<DataSource>, Store> stores;
    private final Store base;
    private final List<AutoCloseable> open = new ArrayList<>();

    private Stage(
            Rotation rotation,
            ReuseRule reuse,
            Function<UnaryOperator<DataSource>, Store> stores,
            AtomicReference<Time> time) {
        this.stores = stores;
        base = stores.apply(UnaryOperator.identity());
        watched = new WatchedStore(base);
        // the audit's writer would make trips to the database that are nobody's, in its own time
        world = new World(rotation, reuse, watched.store(), setup -> setup.audit(AuditSettings.off()));
        time.set(world.time);
        world.server.service().accessLifetime(LIFE);
        open.add(world);
    }

    static Stage inMemory() {
        return inMemory(Rotation.STRICT, ReuseRule.afterExpiry());
    }

    static Stage inMemory(Rotation rotation, ReuseRule reuse) {
        AtomicReference<Time> time = new AtomicReference<>();
        Store store = InMemoryStore.on(() -> time.get() == null ? 0 : time.get().millis());
        return new Stage(rotation, reuse, around -> store, time);
    }

    static Stage onH2() {
        return on(H2Server.dataSource("journeys"));
    }

    /** On fresh tables of a database; every node has a pool of its own. */
    static Stage on(DataSource database) {
        return on(database, config -> {});
    }

    /** @param settings how the host has set up the pools */
    static Stage on(DataSource database, Consumer<HikariConfig> settings) {
        String prefix = "stage" + STAGES.incrementAndGet() + "_";
        SchemaInstaller.install(database, prefix);
        AtomicReference<Time> time = new AtomicReference<>();
        List<AutoCloseable> pools = new ArrayList<>();
        Function<UnaryOperator<DataSource>, Store> stores = around -> {
            HikariConfig config = new HikariConfig();
            config.setDataSource(database);
            config.setMaximumPoolSize(16);
            config.setMinimumIdle(1);
            settings.accept(config);
            HikariDataSource pool = new HikariDataSource(config);
            pools.add(pool);
            return JdbcStore.of(around.apply(pool))
                    .withTablePrefix(prefix)
                    .withTimeOffset(() -> time.get() == null ? 0 : time.get().millis() - System.currentTimeMillis());
        };
        Stage stage = new Stage(Rotation.STRICT, ReuseRule.afterExpiry(), stores, time);
        stage.open.add(() -> {
            for (AutoCloseable pool : pools) {
                pool.close();
            }
        });
        return stage;
    }

    /** Pools that commit nothing by themselves, at an isolation level of the host's choice. */
    static Consumer<HikariConfig> pools(String isolation) {
        return config -> {
            config.setAutoCommit(false);
            config.setTransactionIsolation(isolation);
        };
    }

    /** A service with or without refresh tokens, which names the lifetime of access tokens or not. */
    static Dialect dialect(boolean refreshes, boolean saysLifetime) {
        return new Dialect("client_id", "scope", " ", true, refreshes, saysLifetime, true, false, false);
    }

    /** With Alice's account. */
    Stage connected() {
        world.connection("notes");
        world.connect("alice", "notes", "anna");
        world.server.journal().clear();
        return this;
    }

    /** Another instance of the library on the same rows, which nobody watches. */
    Bulla node() {
        return node(world.provider("demo"));
    }

    Bulla node(Provider... providers) {
        return node(store(UnaryOperator.identity()), providers);
    }

    Bulla node(Store on, Provider... providers) {
        Bulla node = Bulla.builder()
                .store(on)
                .baseline(Baseline.open())
                .hostKeys(world.ring)
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .providers(providers)
                .http(HttpSettings.standard().reaching("127.0.0.1:" + world.server.port()))
                .clock(world.time)
                .build();
        open.add(0, node);
        return node;
    }

    /** Alice connects once more, at a provider that the usual instance does not know. */
    void connect(Bulla node, String connection, String provider) {
        Connections owner = node.tenant(World.TENANT).connections();
        String redirect = owner.create(connection, provider).redirectUri().toString();
        world.server.registerClient("client-" + connection, "secret", redirect);
        owner.save(connection, Settings.clientId("client-" + connection).clientSecret("secret"));
        world.connect(alice(node), connection, "anna");
        world.server.journal().clear();
    }

    /** The facts of the service. */
    OAuth2Spec spec(Reach reach) {
        return OAuth2Spec.builder(at("/authorize"), at("/token"))
                .identity(at("/api/me"), "id", "name")
                .revocation(RevocationCall.rfc7009(at("/revoke"), OAuth2Spec.ClientAuthentication.BASIC, reach))
                .build();
    }

    /** A provider of the service with parts of its own. */
    Provider provider(String id, @Nullable TokenRefresher refresher, @Nullable TokenRevoker revoker) {
        OAuth2Spec spec = spec(Reach.TOKEN);
        return Provider.builder(id, id)
                .oauth2(spec, AuthorizationCodeFlow.of(spec), refresher, revoker)
                .api(ApiAccess.bearer(world.server.issuer().toString()))
                .scopes(Scope.of("notes.read", "Read notes").preset())
                .custom()
                .build();
    }

    private String at(String path) {
        return world.server.at(path).toString();
    }

    Stage after(Duration time) {
        world.time.advance(time);
        return this;
    }

    /** Orders misfortune for the next token request. */
    Stage struckBy(Misfortune misfortune) {
        world.server.misfortunes().next(misfortune);
        return this;
    }

    Member alice() {
        return world.member("alice");
    }

    static Member alice(Bulla node) {
        return node.tenant(World.TENANT).member("alice");
    }

    /** Status of one call in a session of its own. */
    int call() {
        return call(alice());
    }

    static int call(Member member) {
        try (Session session = member.session()) {
            return session.call("notes", ME).status();
        }
    }

    /**
     * Calls until what happens behind a call is to be seen. One call alone may still join a refresh that has written everything and not
     * quite landed.
     */
    void callUntil(BooleanSupplier seen) {
        Crowd.until(() -> {
            assertThat(call()).isEqualTo(200);
            return seen.getAsBoolean();
        });
    }

    /** How one call in a session of its own fails. */
    BullaException failure() {
        return failure(this::call);
    }

    static BullaException failure(Runnable call) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown).isInstanceOf(BullaException.class);
        return (BullaException) thrown;
    }

    /** Whether new work is refused: from the first moment of closing. */
    boolean isClosing() {
        try {
            alice().session().close();
            return false;
        } catch (BullaException e) {
            return e.code() == ErrorCode.CLOSED;
        }
    }

    /** The access token that a session hands out. */
    static String token(Member member) {
        try (Session session = member.session()) {
            return token(session);
        }
    }

    static String token(Session session) {
        return session.tokenForSdk("notes").reveal();
    }

    ConnectedAccount account() {
        return alice().account("notes");
    }

    AccountRow row() {
        return base.accounts().find(World.TENANT, account().id()).orElseThrow();
    }

    Store rows() {
        return base;
    }

    /** The same rows through another pool, where they lie in a database. */
    Store store(UnaryOperator<DataSource> around) {
        return stores.apply(around);
    }

    /** How many refreshes the service has seen, carried out or not. */
    int refreshes() {
        return (int) world.server.journal().tokenRequests().stream()
                .filter(request -> request.grantType().equals("refresh_token"))
                .count();
    }

    /** How often the refresh token that was redeemed most was redeemed. */
    int redemptions() {
        return world.server.journal().maxRedemptions();
    }

    boolean lives(String accessToken) {
        return world.server.service().access(accessToken).isPresent();
    }

    /** Alice's first key, offered and not yet proven. */
    MemberKey offeredKey() {
        return MemberKey.parse(alice().keys().issue().text());
    }

    /** Alice's first key; everything is sealed to it, and replaced at the service. */
    MemberKey key() {
        long before = row().sealNo();
        MemberKey key = offeredKey();
        // on a node of its own, whose end is the end of all that follows a key
        try (Bulla elsewhere = node()) {
            alice(elsewhere).keys().confirm(key);
            Crowd.until(() -> row().sealNo() == before + 2);
        }
        return key;
    }

    @Override
    public void close() {
        for (AutoCloseable one : open) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
