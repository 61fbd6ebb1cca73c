package dev.bulla.notice;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.event.Telemetry;
import dev.bulla.event.Telemetry.Refresh;
import dev.bulla.event.Telemetry.Swept;
import dev.bulla.event.Telemetry.Webhook;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before the host's telemetry: nothing of it is felt where there is none, and what it throws ends here. Thread-safe. */
public final class Meter {
    private static final Logger LOG = LoggerFactory.getLogger(Meter.class);
    private static final int KNOWN = 10_000;

    private final @Nullable Telemetry telemetry;
    private final Store store;
    private final AtomicBoolean told = new AtomicBoolean();
    /** An account's provider never changes. */
    private final ConcurrentHashMap<String, String> providers = new ConcurrentHashMap<>();

    public Meter(@Nullable Telemetry telemetry, Store store) {
        this.telemetry = telemetry;
        this.store = store;
    }

    public boolean isOn() {
        return telemetry != null;
    }

    private void tell(Consumer<Telemetry> what) {
        if (telemetry == null) {
            return;
        }
        try {
            what.accept(telemetry);
        } catch (RuntimeException | LinkageError e) {
            if (told.compareAndSet(false, true)) {
                LOG.warn("telemetry threw {}; it is told on", e.getClass().getName());
            }
        }
    }

    /** Measures what passes to a token endpoint; reading an identity is a GET, and is none of it. */
    public ProviderHttp timed(ProviderHttp http, String provider) {
        return telemetry == null
                ? http
                : call -> {
                    if (call.purpose() != HttpCall.Purpose.TOKEN
                            || !call.method().equals("POST")) {
                        return http.send(call);
                    }
                    long start = System.nanoTime();
                    String outcome = "unknown";
                    try {
                        var answer = http.send(call);
                        outcome = answer.status() / 100 + "xx";
                        return answer;
                    } catch (BullaException e) {
                        outcome = e.code() == ErrorCode.OUTCOME_UNKNOWN ? "unknown" : "not_sent";
                        throw e;
                    } finally {
                        String known = outcome;
                        tell(to -> to.tokenRequest(provider, known, since(start)));
                    }
                };
    }

    /**
     * A refresh of this JVM ended.
     *
     * @param joined how many others waited for it
     */
    public void landed(String tenant, String accountId, Refresh outcome, long startNanos, int joined) {
        if (telemetry == null) {
            return;
        }
        Duration took = since(startNanos);
        int suppressed = joined + (outcome == Refresh.MOVED ? 1 : 0);
        provider(tenant, accountId).ifPresent(provider -> {
            tell(to -> to.refresh(provider, outcome, took));
            if (suppressed > 0) {
                tell(to -> to.suppressed(provider, suppressed));
            }
        });
    }

    private Optional<String> provider(String tenant, String accountId) {
        String key = tenant + '\n' + accountId;
        Optional<String> known = Optional.ofNullable(providers.get(key));
        if (known.isPresent()) {
            return known;
        }
        if (providers.size() >= KNOWN) {
            providers.clear();
        }
        try {
            Optional<String> provider = store.accounts()
                    .find(tenant, accountId)
                    .flatMap(row -> store.connections().find(tenant, row.connectionId()))
                    .map(ConnectionRow::provider);
            provider.ifPresent(found -> providers.put(key, found));
            return provider;
        } catch (RuntimeException e) {
            LOG.debug("a refresh is not counted: {}", e.getClass().getName());
            return Optional.empty();
        }
    }

    /** A caller wanted a refresh and found newer contents. */
    public void suppressed(String provider) {
        tell(to -> to.suppressed(provider, 1));
    }

    public void lostRace(String provider) {
        tell(to -> to.lostRace(provider));
    }

    /** @param startNanos by {@link System#nanoTime} */
    public void apiCall(String provider, int status, long startNanos) {
        tell(to -> to.apiCall(provider, status, since(startNanos)));
    }

    public void connectFailed(String error) {
        tell(to -> to.connectFailed(error));
    }

    public void swept(String provider, Swept outcome) {
        tell(to -> to.swept(provider, outcome));
    }

    /** @param took as the host can ask for it too */
    public void sweepEnded(boolean whole, Duration took) {
        tell(to -> to.sweepEnded(whole, took));
    }

    public void auditDropped() {
        tell(Telemetry::auditDropped);
    }

    public void auditFailed() {
        tell(Telemetry::auditFailed);
    }

    /** @param provider empty where nobody knows the address */
    public void webhook(String provider, Webhook outcome) {
        tell(to -> to.webhook(provider, outcome));
    }

    public void webhookUnheard(String provider) {
        tell(to -> to.webhookUnheard(provider));
    }

    void eventDropped() {
        tell(Telemetry::eventDropped);
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
