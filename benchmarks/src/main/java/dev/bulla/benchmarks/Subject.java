package dev.bulla.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.audit.AuditSettings;
import dev.bulla.http.HttpSettings;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import dev.bulla.limit.Buckets;
import dev.bulla.limit.Rate;
import dev.bulla.limit.RateLimits;
import dev.bulla.model.Settings;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.Provider;
import dev.bulla.store.Store;
import dev.bulla.store.jdbc.JdbcStore;
import dev.bulla.store.jdbc.SchemaInstaller;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One database with the accounts of some members, sealed to a key of each, and the same tokens with the peers; and further rows, so that
 * tables are no toys.
 */
final class Subject implements AutoCloseable {
    static final String RETURN = "https://app.example.com/done";
    static final String TENANT = "acme";
    static final String NAME = "notes";
    static final int MEMBERS = 64;
    /** Counted as every limit is, so that its cost is in the figures. */
    private static final Rate NEVER_MET = new Rate(1_000_000_000, Duration.ofMillis(1));

    private static final int COPIES = 5_000;

    final HikariDataSource pool;
    final boolean h2;
    final SpringPeer spring;
    final GooglePeer google;
    final Recorder.Sent glance;
    final List<String> ids = new ArrayList<>();
    final List<MemberKey> keys = new ArrayList<>();
    final List<Member> members = new ArrayList<>();
    final List<Session> sessions = new ArrayList<>();
    /** Sessions in which every call finds contents that it has not opened yet. */
    final List<Session> surprised = new ArrayList<>();

    private final TokenService service = new TokenService();
    private final HostKeyring ring = HostKeyring.ephemeral();
    private final Provider provider = service.provider();
    private final List<Bulla> started = new ArrayList<>();

    Subject(String url, int poolSize) {
        pool = Databases.pool(url, poolSize);
        h2 = url.startsWith("jdbc:h2");
        Databases.run(pool, h2 ? "drop all objects" : "drop schema public cascade; create schema public");
        SchemaInstaller.install(pool);
        Bulla bulla = start(JdbcStore.of(pool));
        Connections owner = bulla.tenant(TENANT).connections();
        owner.create(NAME, "notes");
        owner.save(NAME, Settings.clientId("client").clientSecret("secret"));
        spring = new SpringPeer(pool, h2, "http://" + service.address(), "client", "secret");
        google = new GooglePeer(pool, h2, "http://" + service.address(), "client", "secret");
        spring.install();
        google.install();
        for (int i = 0; i < MEMBERS; i++) {
            join(bulla, user(i));
        }
        fill();
        Bulla newer = start(NewVersions.over(JdbcStore.of(pool)));
        for (int i = 0; i < MEMBERS; i++) {
            surprised.add(newer.tenant(TENANT).member(user(i)).session(keys.get(i)));
        }
        glance = recordGlance();
    }

    static String user(int number) {
        return "member-" + number;
    }

    private Bulla start(Store store) {
        Bulla bulla = Bulla.builder()
                .store(store)
                .baseline(Baseline.open())
                .rateLimits(RateLimits.perKey(Buckets.inMemory(Clock.systemUTC()), NEVER_MET))
                .audit(AuditSettings.off().also(entries -> {}, AuditSettings.WhenFull.DROP))
                .hostKeys(ring)
                .baseUri("https://app.example.com/bulla")
                .returnTo("https://app.example.com/")
                .http(HttpSettings.standard().reaching(service.address()))
                .providers(provider)
                .build();
        started.add(bulla);
        return bulla;
    }

    private void join(Bulla bulla, String user) {
        Member member = bulla.tenant(TENANT).member(user);
        MemberKey key = MemberKey.parse(member.keys().issue().text());
        member.keys().confirm(key);
        TokenService.connect(bulla, TENANT, user, NAME);
        Session session = member.session(key);
        String token = session.tokenForSdk(NAME).reveal();
        ids.add(member.account(NAME).id());
        keys.add(key);
        members.add(member);
        sessions.add(session);
        Instant end = Instant.now().plusSeconds(86_400);
        String refresh = service.text(TokenService.REFRESH_LENGTH);
        spring.store(user, token, refresh, end);
        google.store(user, token, refresh, end);
    }

    private void fill() {
        Databases.fill(pool, h2, "bulla_account", COPIES, Map.of("id", "'copy-' || n", "member", "'copy-' || n"));
        Databases.fill(pool, h2, "oauth2_authorized_client", COPIES, Map.of("principal_name", "'copy-' || n"));
        Databases.fill(pool, h2, "google_credential", COPIES, Map.of("id", "'copy-' || n"));
        Databases.run(pool, "analyze");
    }

    private Recorder.Sent recordGlance() {
        Recorder recorder = new Recorder(pool);
        Bulla bulla = start(JdbcStore.of(recorder.pool()));
        try (Session session = bulla.tenant(TENANT).member(user(0)).session(keys.get(0))) {
            session.tokenForSdk(NAME);
            List<Recorder.Sent> sent = recorder.during(() -> session.tokenForSdk(NAME));
            if (sent.size() != 1 || !sent.get(0).values().containsValue(ids.get(0))) {
                throw new IllegalStateException("a warm call is no longer one read by id: " + sent);
            }
            return sent.get(0);
        }
    }

    @Override
    public void close() {
        started.forEach(Bulla::close);
        pool.close();
        service.close();
    }

    /** A store whose glances tell another seal number each time; the rest is the store's own. */
    private static final class NewVersions {
        private NewVersions() {}

        static Store over(Store store) {
            AtomicLong seals = new AtomicLong(1_000_000);
            return (Store) wrap(Store.class, store, seals);
        }

        private static Object wrap(Class<?> type, Object target, AtomicLong seals) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                Object answer;
                try {
                    answer = method.invoke(target, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
                if (method.getName().equals("accounts")) {
                    return wrap(dev.bulla.store.AccountStore.class, answer, seals);
                }
                return method.getName().equals("glance") ? moved((java.util.Optional<?>) answer, seals) : answer;
            });
        }

        private static java.util.Optional<?> moved(java.util.Optional<?> glance, AtomicLong seals) {
            return glance.map(dev.bulla.store.AccountGlance.class::cast)
                    .map(seen -> new dev.bulla.store.AccountGlance(
                            seen.id(),
                            seen.status(),
                            seen.reason(),
                            seals.incrementAndGet(),
                            seen.keyNo(),
                            seen.memberKeyNo(),
                            seen.expiresAt(),
                            seen.refreshAt(),
                            seen.enabled(),
                            seen.revision(),
                            seen.rulesNo(),
                            seen.now()));
        }
    }
}
