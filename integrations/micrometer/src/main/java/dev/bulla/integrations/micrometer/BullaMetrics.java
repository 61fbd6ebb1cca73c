package dev.bulla.integrations.micrometer;

import dev.bulla.event.AccountEvent;
import dev.bulla.event.BullaEvent;
import dev.bulla.event.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts what a library does, in a Micrometer registry. Tags are provider, outcome, reason and error; none names a tenant, member,
 * connection or account.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><td>{@code bulla.refresh}</td><td>timer</td><td>provider, outcome: {@code refreshed}, {@code moved}, {@code kept}, {@code failed}</td></tr>
 * <tr><td>{@code bulla.refresh.failures}</td><td>counter</td><td>provider, reason: {@code terminal}, {@code transient},
 *     {@code misconfigured}, {@code outcome_unknown}</td></tr>
 * <tr><td>{@code bulla.refresh.lost.races}</td><td>counter</td><td>provider</td></tr>
 * <tr><td>{@code bulla.refresh.suppressed}</td><td>counter of callers</td><td>provider</td></tr>
 * <tr><td>{@code bulla.refresh.by.ahead}</td><td>counter</td><td>provider</td></tr>
 * <tr><td>{@code bulla.sweep.accounts}</td><td>counter of candidates</td><td>provider, outcome: {@code refreshed}, {@code moved},
 *     {@code kept}, {@code failed}, {@code left_out}</td></tr>
 * <tr><td>{@code bulla.sweep.rounds}</td><td>timer</td><td>outcome: {@code whole}, {@code cut_short}</td></tr>
 * <tr><td>{@code bulla.token.requests}</td><td>timer</td><td>provider, outcome: {@code 2xx} and so on, {@code not_sent},
 *     {@code unknown}</td></tr>
 * <tr><td>{@code bulla.api.calls}</td><td>timer</td><td>provider, outcome: {@code 2xx} and so on</td></tr>
 * <tr><td>{@code bulla.connects}</td><td>counter</td><td>provider, outcome: {@code first}, {@code again}</td></tr>
 * <tr><td>{@code bulla.connect.failures}</td><td>counter</td><td>error: a code of {@code ConnectError}</td></tr>
 * <tr><td>{@code bulla.disconnects}</td><td>counter</td><td>provider, outcome: what became of the revocation</td></tr>
 * <tr><td>{@code bulla.reconnects.required}</td><td>counter</td><td>provider, reason: a code of {@code Reason}</td></tr>
 * <tr><td>{@code bulla.webhooks}</td><td>counter of requests</td><td>provider, or {@code unknown}; outcome: {@code accepted}, {@code
 *     repeated}, {@code challenged}, {@code refused}, {@code deferred}</td></tr>
 * <tr><td>{@code bulla.webhooks.unheard}</td><td>counter of failures of listeners</td><td>provider</td></tr>
 * <tr><td>{@code bulla.events.dropped}</td><td>counter</td><td></td></tr>
 * <tr><td>{@code bulla.audit.dropped}</td><td>counter of entries</td><td></td></tr>
 * <tr><td>{@code bulla.audit.failures}</td><td>counter of tries</td><td></td></tr>
 * </table>
 *
 * <p>A meter is there when it has counted for the first time. Each node counts what it did itself. Thread-safe.
 */
public final class BullaMetrics implements Telemetry {
    private static final String PROVIDER = "provider";
    private static final String OUTCOME = "outcome";
    private static final String REASON = "reason";

    private final MeterRegistry registry;

    private BullaMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** For {@code BullaBuilder.telemetry}. */
    public static BullaMetrics bindTo(MeterRegistry registry) {
        return new BullaMetrics(registry);
    }

    @Override
    public void refresh(String provider, Refresh outcome, Duration took) {
        registry.timer("bulla.refresh", PROVIDER, provider, OUTCOME, lower(outcome))
                .record(took);
    }

    @Override
    public void tokenRequest(String provider, String outcome, Duration took) {
        registry.timer("bulla.token.requests", PROVIDER, provider, OUTCOME, outcome)
                .record(took);
    }

    @Override
    public void lostRace(String provider) {
        count("bulla.refresh.lost.races", PROVIDER, provider);
    }

    @Override
    public void suppressed(String provider, int callers) {
        registry.counter("bulla.refresh.suppressed", PROVIDER, provider).increment(callers);
    }

    @Override
    public void apiCall(String provider, int status, Duration took) {
        registry.timer("bulla.api.calls", PROVIDER, provider, OUTCOME, status / 100 + "xx")
                .record(took);
    }

    @Override
    public void swept(String provider, Swept outcome) {
        count("bulla.sweep.accounts", PROVIDER, provider, OUTCOME, lower(outcome));
    }

    @Override
    public void sweepEnded(boolean whole, Duration took) {
        registry.timer("bulla.sweep.rounds", OUTCOME, whole ? "whole" : "cut_short")
                .record(took);
    }

    @Override
    public void connectFailed(String error) {
        count("bulla.connect.failures", "error", error.toLowerCase(Locale.ROOT));
    }

    @Override
    public void webhook(String provider, Webhook outcome) {
        count("bulla.webhooks", PROVIDER, provider.isEmpty() ? "unknown" : provider, OUTCOME, lower(outcome));
    }

    @Override
    public void webhookUnheard(String provider) {
        count("bulla.webhooks.unheard", PROVIDER, provider);
    }

    @Override
    public void eventDropped() {
        count("bulla.events.dropped");
    }

    @Override
    public void auditDropped() {
        count("bulla.audit.dropped");
    }

    @Override
    public void auditFailed() {
        count("bulla.audit.failures");
    }

    @Override
    public void on(BullaEvent event) {
        if (!(event instanceof AccountEvent about)) {
            return;
        }
        String provider = about.account().provider();
        if (event instanceof AccountEvent.Connected connected) {
            count("bulla.connects", PROVIDER, provider, OUTCOME, connected.again() ? "again" : "first");
        } else if (event instanceof AccountEvent.Disconnected gone) {
            count("bulla.disconnects", PROVIDER, provider, OUTCOME, lower(gone.revocation()));
        } else if (event instanceof AccountEvent.ReconnectRequired required) {
            count(
                    "bulla.reconnects.required",
                    PROVIDER,
                    provider,
                    REASON,
                    required.reason().code());
        } else if (event instanceof AccountEvent.RefreshFailed failed) {
            count("bulla.refresh.failures", PROVIDER, provider, REASON, lower(failed.kind()));
        } else if (event instanceof AccountEvent.RefreshByAhead) {
            count("bulla.refresh.by.ahead", PROVIDER, provider);
        }
    }

    private void count(String name, String... tags) {
        registry.counter(name, tags).increment();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
