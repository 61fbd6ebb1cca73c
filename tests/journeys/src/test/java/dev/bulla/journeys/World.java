package dev.bulla.journeys;

import dev.bulla.Bulla;
import dev.bulla.BullaBuilder;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.http.HttpSettings;
import dev.bulla.key.HostKeyring;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Landing;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRefresher.ReuseRule;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.store.Store;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.testkit.server.Browser;
import dev.bulla.testkit.service.Rotation;
import dev.bulla.testkit.store.InMemoryStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A host, its library, a real authorization server and a time that moves by hand. */
final class World implements AutoCloseable {
    static final String RETURN = "https://app.example.com/done";
    static final String TENANT = "acme";

    final Time time = new Time(Instant.parse("2026-11-20T12:00:00Z"));
    final AuthorizationServer server;
    final HostKeyring ring = HostKeyring.ephemeral();
    final Store store;
    private final ReuseRule reuse;
    private final UnaryOperator<BullaBuilder> setup;
    private SideService side;
    Bulla bulla;

    World() {
        this(Rotation.STRICT, ReuseRule.afterExpiry());
    }

    World(Rotation rotation, ReuseRule reuse) {
        this(rotation, reuse, null, setup -> setup);
    }

    World(Rotation rotation, ReuseRule reuse, Store given, UnaryOperator<BullaBuilder> setup) {
        this.reuse = reuse;
        this.setup = setup;
        store = given == null ? InMemoryStore.on(() -> time.instant().toEpochMilli()) : given;
        server = AuthorizationServer.builder()
                .clock(time)
                .accessLifetime(Duration.ofMinutes(60))
                .rotation(rotation)
                .user("anna", "anna-password", "Anna Example")
                .user("ben", "ben-password", "Ben Example")
                .scope("notes.read", "read notes")
                .scope("notes.write", "write notes")
                .start();
        bulla = start(store);
    }

    /** Another instance of the library on the same store: another node. */
    Bulla start(Store on) {
        return start(on, setup);
    }

    /** Another instance, set up in another way; the host's next version, say. */
    Bulla start(Store on, UnaryOperator<BullaBuilder> how) {
        return start(on, how, provider("demo"));
    }

    Bulla start(Store on, UnaryOperator<BullaBuilder> how, Provider provider) {
        return how.apply(host(on).providers(provider)).build();
    }

    /** Another instance that knows these providers only, set up like the first. */
    Bulla knowing(Provider... providers) {
        return setup.apply(host(store).providers(providers)).build();
    }

    /** Another instance on the same rows by another way, that knows these providers only. */
    Bulla knowing(Store on, Provider... providers) {
        return host(on).providers(providers).build();
    }

    private BullaBuilder host(Store on) {
        return Bulla.builder()
                .store(on)
                .baseline(Baseline.open())
                .hostKeys(ring)
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .http(reaching(HttpSettings.standard().reaching("127.0.0.1:" + server.port())))
                .clock(time);
    }

    private HttpSettings reaching(HttpSettings settings) {
        return side == null ? settings : settings.reaching(side.authority());
    }

    /** Another service may be called from now on, by instances that are made later. */
    void beside(SideService service) {
        side = service;
    }

    /** Goes on with an instance that knows these providers only. */
    void restartKnowing(Provider... providers) {
        bulla.close();
        bulla = setup.apply(host(store).providers(providers)).build();
    }

    /** Goes on with an instance that is set up in another way. */
    void restart(UnaryOperator<BullaBuilder> how) {
        bulla.close();
        bulla = start(store, how);
    }

    /** The facts of the server, for a provider that differs in one of them. */
    OAuth2Spec.Builder spec() {
        return OAuth2Spec.builder(
                        server.at("/authorize").toString(), server.at("/token").toString())
                .identity(server.at("/api/me").toString(), "id", "name")
                .revocation(RevocationCall.rfc7009(
                        server.at("/revoke").toString(), OAuth2Spec.ClientAuthentication.BASIC, Reach.TOKEN))
                .reuse(reuse);
    }

    Provider provider(String id) {
        return provider(id, spec().build()).custom().build();
    }

    Provider.Builder provider(String id, OAuth2Spec spec) {
        return provider(id, spec, AuthorizationCodeFlow.of(spec));
    }

    Provider.Builder provider(String id, OAuth2Spec spec, OAuthFlow flow) {
        return Provider.builder(id, "Demo")
                .oauth2(spec, flow, RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer(server.issuer().toString()))
                .scopes(Scope.of("notes.read", "Read notes").preset(), Scope.of("notes.write", "Write notes"))
                .grantsPage(server.at("/grants").toString());
    }

    Connections owner() {
        return bulla.tenant(TENANT).connections();
    }

    Member member(String id) {
        return bulla.tenant(TENANT).member(id);
    }

    /** A complete connection of the demo provider. */
    void connection(String name) {
        connection(name, "demo");
    }

    void connection(String name, String provider) {
        URI redirect = owner().create(name, provider).redirectUri();
        server.registerClient("client-" + name, "secret-of-" + name, redirect.toString());
        owner().save(name, Settings.clientId("client-" + name).clientSecret("secret-of-" + name));
    }

    /** A member connects, as a user of the service with the password "user-password". */
    Landing connect(String member, String connection, String user) {
        return connect(member(member), connection, user);
    }

    Landing connect(Member member, String connection, String user) {
        ConnectStep.Redirect step = (ConnectStep.Redirect) member.connect(connection, RETURN);
        URI callback = new Browser().authorize(step.location(), user, user + "-password");
        return member.complete(callback(callback, step));
    }

    /** A member begins and agrees at the service; what the browser brings back is still to be handed in. */
    Trip trip(String member, String connection, String user) {
        return trip(member(member), connection, user);
    }

    Trip trip(Member member, String connection, String user) {
        return Trip.agreed(server, (ConnectStep.Redirect) member.connect(connection, RETURN), user);
    }

    /** How many requests the token endpoint has seen. */
    int tokenRequests() {
        return server.journal().tokenRequests().size();
    }

    static CallbackRequest callback(URI callback, ConnectStep.Redirect step) {
        return CallbackRequest.of(callback.getPath(), callback.getRawQuery(), cookies(step));
    }

    static Map<String, String> cookies(ConnectStep.Redirect step) {
        Map<String, String> cookies = new HashMap<>();
        cookies.put(step.cookie().name(), step.cookie().value());
        return cookies;
    }

    @Override
    public void close() {
        bulla.close();
        server.close();
    }
}
