package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.IssuedGrant;
import dev.bulla.IssuedKey;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.Tenant;
import dev.bulla.audit.AuditFormat;
import dev.bulla.audit.AuditQuery;
import dev.bulla.event.AccountEvent;
import dev.bulla.event.BullaEvent;
import dev.bulla.event.ConnectionEvent;
import dev.bulla.event.MemberEvent;
import dev.bulla.form.FormView;
import dev.bulla.key.Grant;
import dev.bulla.key.GrantSecret;
import dev.bulla.key.MemberKey;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Cookie;
import dev.bulla.model.Landing;
import dev.bulla.model.Origin;
import dev.bulla.model.Settings;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenSet;
import dev.bulla.store.AccountRow;
import dev.bulla.testkit.service.Journal.TokenRequest;
import dev.bulla.testkit.service.Misfortune;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Vault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whole journeys, failures included, under secrets that are each known: none of them is met again in what is logged, thrown, shown,
 * sent to a browser or kept in the database.
 */
class CanaryTest {
    private static final Path LOG = Path.of("target", "journeys.log");
    private static final String API_KEY = "canary-api-key-4f1c9d27b6";
    private static final String REFUSED_KEY = "canary-refused-key-90ab32";

    private final List<BullaEvent> told = new CopyOnWriteArrayList<>();
    private final Ground ground = Ground.h2(setup -> setup.listener(told::add));
    private final World world = ground.world;
    private final Secrets secrets = new Secrets();
    private final List<String> seen = new ArrayList<>();
    private final ApiTour tour = new ApiTour(world, secrets::add);

    @AfterEach
    void close() {
        ground.close();
        tour.close();
    }

    @Test
    void noSecretIsMetAgain() throws IOException {
        host();
        owner();
        Member alice = world.member("alice");
        flows(alice);
        form(alice);
        web();
        use(alice);
        keys(alice);
        show(alice.disconnect("notes"), world.owner().list());
        keepDump();
        ground.advance(Duration.ofMinutes(1));
        show(world.bulla.maintenance().changesSince("", 1_000));
        world.owner().deleteWithAccounts("keys");
        alice.remove();
        world.bulla.close();
        told.forEach(this::show);
        world.server.journal().tokenRequests().forEach(this::learn);
        assertThat(told.stream().map(BullaEvent::getClass).distinct())
                .contains(
                        AccountEvent.Connected.class,
                        AccountEvent.Disconnected.class,
                        AccountEvent.StatusChanged.class,
                        AccountEvent.ReconnectRequired.class,
                        AccountEvent.RefreshFailed.class,
                        AccountEvent.Refreshed.class,
                        ConnectionEvent.Configured.class,
                        ConnectionEvent.Disabled.class,
                        ConnectionEvent.Deleted.class,
                        MemberEvent.KeyIssued.class,
                        MemberEvent.KeyRotated.class,
                        MemberEvent.KeyReset.class,
                        MemberEvent.Removed.class);

        assertThat(secrets.kinds())
                .containsExactly(
                        "API key",
                        "PKCE verifier",
                        "access token",
                        "browser secret",
                        "client secret",
                        "code",
                        "grant",
                        "grant bytes",
                        "host key",
                        "member key",
                        "member seed",
                        "refresh token",
                        "state",
                        "webhook secret");
        assertThat(secrets.in(String.join("\n", seen))).isEmpty();
        assertThat(secrets.in(Files.readString(LOG))).isEmpty();
    }

    /** Otherwise nothing was looked at. */
    @Test
    void whatLeaksIsFound() throws IOException {
        secrets.add("secret", "Anna Example/known");
        byte[] plain = "x{\"name\":\"Anna Example/known\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(secrets.in("... Anna+Example%2Fknown ...")).containsKey("secret");
        assertThat(secrets.in(Base64.getEncoder().encodeToString(plain))).containsKey("secret");
        world.connection("notes");
        world.connect("alice", "notes", "anna");
        keepDump();
        Secrets shown = new Secrets();
        shown.add("name", "Anna Example");
        assertThat(shown.in(String.join("\n", seen))).containsKey("name");
        assertThat(Files.readString(LOG)).contains(" DEBUG ", "dev.bulla.");
    }

    private void host() {
        world.ring.terms().keySet().forEach(term -> secrets.add("host key", world.ring.revealKey(term)));
        world.restart(setup -> setup.listener(told::add)
                .providers(tour.providers())
                .providers(Provider.builder("keys", "Keys")
                        .form(new KeyForm(
                                List.of(Field.secret("apiKey", "API key", "in your settings")),
                                "apiKey",
                                (values, call) -> verify(values)))
                        .api(ApiAccess.bearer(world.server.issuer().toString()))
                        .build()));
        show(world.bulla, world.ring, world.bulla.maintenance());
    }

    private static Verification verify(Map<String, Secret> values) {
        String key = values.get("apiKey").reveal();
        if (!key.equals(API_KEY)) {
            throw new IllegalStateException("the service said no to " + key);
        }
        return new Verification(true, Identity.of("key", "Somebody"), List.of());
    }

    private void owner() {
        secrets.add("client secret", "secret-of-notes");
        world.connection("notes");
        world.owner().create("keys", "keys");
        Settings settings = Settings.none().clientSecret("canary-second-secret-77aa");
        secrets.add("client secret", "canary-second-secret-77aa");
        show(settings, world.owner().save("notes", settings), world.owner().list(), world.owner());
        fails(() -> world.connect("alice", "notes", "anna"));
        show(world.owner().save("notes", Settings.none().clientSecret("secret-of-notes")));
        String pasted = "canary-pasted-secret-\u00e9";
        secrets.add("client secret", pasted);
        show(world.owner().fill("notes", Map.of("clientSecret", pasted)).refused());
        FormView form = world.owner().form("notes");
        show(form, form.describe(), form.history(), form.editable());
    }

    private void flows(Member alice) {
        for (Misfortune misfortune : List.of(
                Misfortune.lostAnswer(),
                Misfortune.cutBody(),
                Misfortune.failsAfter(500),
                Misfortune.refuses("invalid_grant"),
                Misfortune.refuses("invalid_client"))) {
            world.server.misfortunes().next(misfortune);
            complete(alice, begin(alice), Map.of());
        }
        Trip trip = begin(alice);
        complete(alice, trip, Map.of("other", "cookie"));
        complete(world.member("bob"), trip, Map.of());
        fails(() -> alice.complete(trip.with("code", "forged")));
        fails(() -> alice.complete(trip.adding("error=access_denied&error_description=" + trip.parameter("code"))));
        Trip good = begin(alice);
        complete(alice, good, Map.of());
        complete(alice, good, Map.of());
        keepDump();
        learn(alice, null);
        begin(alice);
        Trip other = Trip.agreed(world.server, redirect(alice), "ben");
        learn(other);
        Landing differs = alice.complete(other.request());
        show(differs, differs.outcome());
        keepDump();
        show(alice.confirmIdentity(((Landing.IdentityDiffers) differs.outcome()).ticket(), false));
    }

    private ConnectStep.Redirect redirect(Member member) {
        return (ConnectStep.Redirect) member.connect("notes", World.RETURN);
    }

    private Trip begin(Member member) {
        Trip trip = Trip.agreed(world.server, redirect(member), "anna");
        learn(trip);
        return trip;
    }

    private void learn(Trip trip) {
        String state = Trip.parameters(trip.step().location()).get("state");
        secrets.add("state", state);
        secrets.add("code", trip.parameter("code"));
        secrets.add("browser secret", trip.step().cookie().value());
        // the state travels in the address that the protocol gives it, and nowhere else
        show(trip.step(), trip.step().location().toString().replace(state, "..."));
        show(trip.request(), trip.step().cookie());
    }

    private void complete(Member member, Trip trip, Map<String, String> cookies) {
        CallbackRequest request = cookies.isEmpty() ? trip.request() : trip.from(cookies);
        Landing landing = member.complete(request);
        show(landing, landing.outcome());
        landing.cookies().stream().map(Cookie::toString).forEach(seen::add);
        seen.add(landing.location().toString());
    }

    /** What browsers get. State and browser secret stand where the protocol puts them: in the first redirect and its cookie. */
    private void web() {
        tour.taken(() -> learnHostSealed(ApiTour.MEMBER)).forEach(visit -> show(visit.answer(), visit.shown()));
        world.server.journal().apiCalls().forEach(call -> show(call.path()));
    }

    private void form(Member alice) {
        secrets.add("API key", API_KEY);
        secrets.add("API key", REFUSED_KEY);
        fails(() -> alice.submit("keys", Map.of("apiKey", REFUSED_KEY)));
        fails(() -> alice.submit("keys", Map.of("apiKey", API_KEY)));
        fails(() -> alice.forms().fill("keys", Map.of("apiKey", REFUSED_KEY)));
        show(alice.forms().fillByPosition("keys", List.of(Map.of("apiKey", API_KEY), Map.of("apiKey", REFUSED_KEY))));
        FormView form = alice.forms().view("keys");
        show(form, form.describe(), form.history(), form.editable());
    }

    private void use(Member alice) {
        try (Session session = alice.session()) {
            show(session, session.accounts());
            fails(() -> session.call("notes", ApiRequest.get("/api/me")));
            fails(() -> session.call("keys", ApiRequest.get("/api/me")));
            fails(() -> session.call("notes", ApiRequest.get("https://elsewhere.example.com/")));
            show(session.tokenForSdk("notes"));
        }
        for (Misfortune misfortune : List.of(
                Misfortune.busy(503, Duration.ofSeconds(1)),
                Misfortune.failsBefore(500),
                Misfortune.answers("{\"no\":"))) {
            ground.advance(Duration.ofMinutes(61));
            world.server.misfortunes().next(misfortune);
            try (Session session = alice.session()) {
                fails(() -> session.call("notes", ApiRequest.get("/api/me")));
            }
            learn(alice, null);
            keepDump();
            complete(alice, begin(alice), Map.of());
            learn(alice, null);
        }
    }

    private void keys(Member alice) {
        IssuedKey issued = alice.keys().issue();
        MemberKey first = known(issued.text());
        show(issued, first, alice.keys());
        fails(issued::text);
        String mistyped = first.revealText().replace('q', 'p').substring(3);
        fails(() -> MemberKey.parse(mistyped));
        fails(() -> alice.session(known(MemberKey.generate().revealText())));
        alice.keys().confirm(first);
        // the tokens that the host could read are replaced behind it
        Crowd.until(() -> told.stream().anyMatch(AccountEvent.Refreshed.class::isInstance));
        try (Session session = alice.session(first)) {
            show(session, alice.keys().status());
            fails(() -> session.call("notes", ApiRequest.get("/api/me")));
            grants(alice, session);
            MemberKey second = known(alice.keys().rotate(first).text());
            keepDump();
            alice.keys().confirm(second);
            fails(() -> session.call("notes", ApiRequest.get("/api/me")));
            fails(() -> alice.session(first));
            learn(alice, second);
            keepDump();
        }
        show(alice.keys().reset(), alice.accounts());
        complete(alice, begin(alice), Map.of());
        learn(alice, null);
    }

    /** What its bearer sends opens what the member's key opens: it is as secret, and so is what its row is opened with. */
    private void grants(Member alice, Session session) {
        Tenant tenant = world.bulla.tenant(World.TENANT);
        Origin origin = new Origin("192.0.2.7", "run-1");
        IssuedGrant issued = session.grant(Grant.connections("notes"));
        String text = issued.text();
        GrantSecret secret = GrantSecret.parse(text);
        secrets.add("grant", text);
        secrets.add("grant", text.replace("-", ""));
        secrets.add("grant bytes", secret.revealBytes());
        show(issued, issued.granted(), secret, alice.grants(), alice.grants().list());
        fails(issued::text);
        String mistyped = text.replace('q', 'p').substring(0, text.length() - 1);
        fails(() -> tenant.open(mistyped, origin));
        fails(() -> tenant.open(text + "q", origin));
        fails(() -> MemberKey.parse(text));
        fails(() -> world.bulla.tenant("other").open(text, origin));
        try (Session agent = tenant.open(text, origin)) {
            show(agent, agent.accounts(), agent.tools(), agent.explain("keys"));
            fails(() -> agent.call("notes", ApiRequest.get("/api/me")));
            fails(() -> agent.call("keys", ApiRequest.get("/api/me")));
            fails(() -> agent.tokenForSdk("notes"));
            fails(() -> agent.grant(Grant.everything()));
            keepDump();
            show(alice.grants().revoke(issued.granted().id()));
            fails(() -> agent.call("notes", ApiRequest.get("/api/me")));
        }
        fails(() -> tenant.open(text, origin));
    }

    private MemberKey known(String text) {
        MemberKey key = MemberKey.parse(text);
        secrets.add("member key", text);
        secrets.add("member key", text.replace("-", ""));
        secrets.add("member seed", key.revealSeed());
        return key;
    }

    private void learnHostSealed(String member) {
        for (AccountRow row : world.store.accounts().ofMember(World.TENANT, member)) {
            if (row.sealed() != null && row.keyNo() == 0) {
                new Vault(world.ring)
                        .open(row, Opener.host()).tokens().sets().values().stream()
                                .filter(set -> set.refreshToken() != null)
                                .forEach(this::learn);
            }
        }
        keepDump();
    }

    /** Opens what is kept, as only a test can. */
    private void learn(Member member, @Nullable MemberKey key) {
        Vault vault = new Vault(world.ring);
        KeyRows rows = new KeyRows(world.ring, world.store);
        Opener opener = key == null
                ? Opener.host()
                : rows.unlock(World.TENANT, "alice", key).opener();
        for (AccountRow row : world.store.accounts().ofMember(World.TENANT, "alice")) {
            if (row.sealed() != null) {
                vault.open(row, opener).tokens().sets().values().stream()
                        .filter(set -> set.refreshToken() != null)
                        .forEach(this::learn);
            }
        }
        show(member.accounts());
    }

    private void learn(TokenSet set) {
        secrets.add("access token", set.accessToken().reveal());
        secrets.add("refresh token", set.refreshToken().reveal());
        show(set);
    }

    private void learn(TokenRequest request) {
        Map<String, String> kinds =
                Map.of("code", "code", "code_verifier", "PKCE verifier", "refresh_token", "refresh token");
        request.parameters().forEach((name, value) -> {
            if (kinds.containsKey(name) && !value.equals("forged")) {
                secrets.add(kinds.get(name), value);
            }
        });
    }

    private void show(Object... values) {
        for (Object value : values) {
            seen.add(String.valueOf(value));
        }
    }

    private void fails(Callable<?> call) {
        try {
            show(call.call());
        } catch (Exception e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            seen.add(text.toString());
        }
    }

    private void keepDump() {
        seen.add(String.valueOf(world.bulla.tenant(World.TENANT).audit().query(AuditQuery.all())));
        for (AuditFormat format : AuditFormat.values()) {
            StringBuilder out = new StringBuilder();
            try {
                world.bulla.tenant(World.TENANT).audit().export(AuditQuery.all(), format, out, count -> {});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            seen.add(out.toString());
        }
        ground.read("script").forEach(row -> seen.add(String.valueOf(row.get(0))));
    }
}
