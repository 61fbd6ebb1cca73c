package dev.bulla;

import dev.bulla.audit.AuditSettings;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.event.BullaListener;
import dev.bulla.event.Telemetry;
import dev.bulla.handshake.ReturnAddresses;
import dev.bulla.http.HardenedHttp;
import dev.bulla.http.HttpSettings;
import dev.bulla.key.HostKeyring;
import dev.bulla.limit.Buckets;
import dev.bulla.limit.RateLimits;
import dev.bulla.model.Admission;
import dev.bulla.policy.Baseline;
import dev.bulla.policy.PolicySets;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.store.Store;
import dev.bulla.testing.TestTransport;
import dev.bulla.tool.Tool;
import dev.bulla.vault.KeyRows;
import dev.bulla.webhook.WebhookListener;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a host sets once. {@link #build} checks schema, keys and environment and says what is wrong. Not thread-safe. */
public final class BullaBuilder {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private @Nullable Store store;
    private @Nullable HostKeyring hostKeys;
    private @Nullable URI baseUri;
    private @Nullable ReturnAddresses returnAddresses;
    private String fallback = "";
    private String environment = "default";
    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final HostTools hostTools = new HostTools();
    private HttpSettings http = HttpSettings.standard();
    private Clock clock = Clock.systemUTC();
    private AuditSettings audit = AuditSettings.standard();
    private boolean minimalReturn;
    private boolean sdkTokens = true;
    private boolean harvestOnConnect;
    private @Nullable RateLimits rateLimits;
    private Baseline baseline = Baseline.standard();
    private PolicySets policySets = PolicySets.shared();
    private Admission admission = (tenant, member) -> Admission.Word.ADMITTED;
    private String clientName = "";
    private final List<BullaListener> listeners = new ArrayList<>();
    private final List<WebhookListener> webhookListeners = new ArrayList<>();
    private @Nullable Telemetry telemetry;
    private @Nullable ProviderHttp transport;

    BullaBuilder() {}

    /** Where rows are kept. */
    public BullaBuilder store(Store value) {
        store = value;
        return this;
    }

    /** The host's keys; from a file or key service, never from the database. */
    public BullaBuilder hostKeys(HostKeyring value) {
        hostKeys = value;
        return this;
    }

    /** The name under which this host runs: the database remembers it, and a copied database refuses to start elsewhere. */
    public BullaBuilder environment(String value) {
        environment = value;
        return this;
    }

    /** The address below which the host routes callbacks: {@code <base>/callback/...}. https, or http on loopback. */
    public BullaBuilder baseUri(String value) {
        try {
            URI uri = new URI(value);
            boolean loopback = uri.getHost() != null && LOOPBACK.contains(uri.getHost());
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            if (uri.getHost() != null
                    && plain
                    && !value.endsWith("/")
                    && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback))) {
                baseUri = uri;
                return this;
            }
        } catch (java.net.URISyntaxException e) {
            throw badBase();
        }
        throw badBase();
    }

    private static BullaException badBase() {
        return new BullaException(
                ErrorCode.SETUP,
                "baseUri is https (or http on loopback) without user, query, fragment and slash at the end");
    }

    /**
     * Addresses that browsers may be sent back to, without dot segments; the first is the fallback page. One that ends in a slash, or has
     * no path, allows all below it. What lies below the base URI is allowed too, because pages there are the library's own: with a base
     * URI without a path that is the whole origin.
     */
    public BullaBuilder returnTo(String... addresses) {
        returnAddresses = new ReturnAddresses(List.of(addresses));
        fallback = addresses[0];
        return this;
    }

    /** Return addresses carry status, connection and code only, not the member's name at the service. */
    public BullaBuilder minimalReturnParameters() {
        minimalReturn = true;
        return this;
    }

    public BullaBuilder providers(Provider... values) {
        for (Provider provider : values) {
            if (providers.putIfAbsent(provider.id(), provider) != null) {
                throw new BullaException(ErrorCode.SETUP, "provider '" + provider.id() + "' is registered twice");
            }
            provider.managed().ifPresent(app -> refuseShared(app.id(), provider));
        }
        return this;
    }

    /**
     * Tools beside those that a provider has, on every connection of it.
     *
     * @param providerId of a provider that is registered, be it before or after
     */
    public BullaBuilder tools(String providerId, Tool... values) {
        hostTools.add(providerId, List.of(values));
        return this;
    }

    /** Accounts remember a managed app by its id alone. */
    private void refuseShared(String appId, Provider provider) {
        boolean shared = providers.values().stream()
                .filter(other -> other != provider)
                .anyMatch(other ->
                        other.managed().filter(app -> app.id().equals(appId)).isPresent());
        if (shared) {
            throw new BullaException(ErrorCode.SETUP, "managed app '" + appId + "' is given to two providers");
        }
    }

    /** Proxy, authorities, timeouts and egress exceptions of the hardened client. */
    public BullaBuilder http(HttpSettings value) {
        http = value;
        return this;
    }

    /** The clock of sessions in this JVM; everything across nodes goes by database time. */
    public BullaBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    /** Is told what was committed. Called again, it adds one more. See {@link BullaListener} for who calls it, and when. */
    public BullaBuilder listener(BullaListener value) {
        listeners.add(value);
        return this;
    }

    /**
     * Is told of webhooks that were verified. Called again, it adds one more. See {@link WebhookListener} for who calls it, and how often.
     */
    public BullaBuilder onWebhook(WebhookListener value) {
        webhookListeners.add(value);
        return this;
    }

    /**
     * After somebody has connected, lists the things at the service by that account, beside everything else, as {@link Session#harvest}
     * does and with all that gates it: at most once a day for a connection on each node. An account that is sealed to its member's key at
     * once is left to sessions with that key. Without this word nothing harvests by itself.
     */
    public BullaBuilder harvestOnConnect() {
        harvestOnConnect = true;
        return this;
    }

    /** Is told counts and durations, and events as a listener; {@code BullaMetrics} of bulla-micrometer is one. One at most. */
    public BullaBuilder telemetry(Telemetry value) {
        if (telemetry != null) {
            throw new BullaException(ErrorCode.SETUP, "there is a telemetry already");
        }
        telemetry = value;
        return listener(value);
    }

    /** The policies that each connection begins with; without this word {@link Baseline#standard()}. */
    public BullaBuilder baseline(Baseline value) {
        baseline = value;
        return this;
    }

    /** Which policies count for whom; without this word the same for all members. */
    public BullaBuilder policySets(PolicySets value) {
        policySets = value;
        return this;
    }

    /** Whom the host admits; everybody, where it says nothing. */
    public BullaBuilder admission(Admission value) {
        admission = value;
        return this;
    }

    /** Where the audit goes, and what happens when it can not; as {@link AuditSettings#standard} where nothing is said. */
    public BullaBuilder audit(AuditSettings value) {
        audit = value;
        return this;
    }

    /**
     * How often calls go through. Without a word here: each member key {@link RateLimits#PER_KEY}, counted on each node, and what providers
     * declare; {@code RateLimits.standard(Buckets.shared(store))} counts for all nodes together.
     */
    public BullaBuilder rateLimits(RateLimits value) {
        rateLimits = value;
        return this;
    }

    /**
     * What people read as the name of this application where they consent at a service that it makes itself known to; without it, the host
     * of the base URI.
     */
    public BullaBuilder clientName(String value) {
        clientName = value;
        return this;
    }

    /** {@link Session#tokenForSdk} is refused. */
    public BullaBuilder forbidSdkTokens() {
        sdkTokens = false;
        return this;
    }

    /** For the testkit: answers in place of the network. */
    public BullaBuilder transport(TestTransport value) {
        transport = value.http();
        return this;
    }

    /**
     * @throws BullaException {@code SETUP} with what is missing or wrong, {@code HOST_KEY_MISSING} where a record is locked by a term
     *     that the ring lacks, {@code STORE_UNAVAILABLE} where the database is away
     */
    public Bulla build() {
        need(store, "store");
        need(hostKeys, "hostKeys");
        need(baseUri, "baseUri");
        need(returnAddresses, "returnTo");
        Guarded.run(() -> store().open(environment));
        Guarded.run(this::checkTerms);
        Guarded.run(() -> new KeyRows(hostKeys(), store()).recogniseRing());
        ProviderHttp given = transport;
        if (given != null) {
            return new Bulla(new Wiring(this, given), baseUri(), () -> {});
        }
        HardenedHttp own = HardenedHttp.create(http);
        return new Bulla(new Wiring(this, own), baseUri(), own::close);
    }

    private void checkTerms() {
        Set<Integer> lacking = new TreeSet<>(store().upkeep().hostTermsInUse());
        lacking.removeAll(hostKeys().terms().keySet());
        if (!lacking.isEmpty()) {
            throw new BullaException(ErrorCode.HOST_KEY_MISSING, "the ring lacks terms that lock records: " + lacking);
        }
    }

    private static <T> T need(@Nullable T value, String name) {
        if (value == null) {
            throw new BullaException(ErrorCode.SETUP, name + " is not set");
        }
        return value;
    }

    Store store() {
        return need(store, "store");
    }

    HostKeyring hostKeys() {
        return need(hostKeys, "hostKeys");
    }

    URI baseUri() {
        return need(baseUri, "baseUri");
    }

    ReturnAddresses returnAddresses() {
        return need(returnAddresses, "returnTo").and(baseUri() + "/");
    }

    FallbackPage fallback() {
        return new FallbackPage(URI.create(fallback), minimalReturn);
    }

    Map<String, Provider> providers() {
        return hostTools.on(providers);
    }

    HostTools hostTools() {
        return hostTools;
    }

    Clock clock() {
        return clock;
    }

    @Nullable
    Telemetry telemetry() {
        return telemetry;
    }

    List<BullaListener> listeners() {
        return listeners;
    }

    AuditSettings audit() {
        return audit;
    }

    List<WebhookListener> webhookListeners() {
        return webhookListeners;
    }

    boolean minimalReturn() {
        return minimalReturn;
    }

    Baseline baseline() {
        return baseline;
    }

    PolicySets policySets() {
        return policySets;
    }

    Admission admission() {
        return admission;
    }

    RateLimits rateLimits() {
        return rateLimits == null ? RateLimits.standard(Buckets.inMemory(clock)) : rateLimits;
    }

    String clientName() {
        return clientName.isEmpty() ? baseUri().getHost() : clientName;
    }

    boolean harvestsOnConnect() {
        return harvestOnConnect;
    }

    boolean sdkTokens() {
        return sdkTokens;
    }
}
