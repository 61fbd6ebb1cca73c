package dev.bulla.refresh;

import dev.bulla.audit.AuditSettings;
import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.key.HostKeyring;
import dev.bulla.notice.Delivery;
import dev.bulla.notice.Meter;
import dev.bulla.notice.Notices;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.store.Store;
import dev.bulla.trail.AuditTrail;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Vault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Monotonic time that moves by hand, and by itself where somebody pauses; and refreshes that follow it. */
public final class MovedTime implements Ticker {
    private final AtomicLong now = new AtomicLong();

    public void advance(Duration by) {
        now.addAndGet(by.toNanos());
    }

    public Duration passed() {
        return Duration.ofNanos(now.get());
    }

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void park(long nanos) {
        now.addAndGet(nanos);
        Thread.yield();
    }

    @Override
    public <T> T get(CompletableFuture<T> future, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        long began = now.get();
        while (now.get() - began < nanos) {
            try {
                return future.get(1, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue; // not yet, by the time that counts here
            }
        }
        throw new TimeoutException();
    }

    /** The refreshes of a node of its own. */
    public RefreshKeeper keeper(
            Store store,
            HostKeyring ring,
            Provider provider,
            ProviderHttp http,
            Executor executor,
            BooleanSupplier closing) {
        Vault vault = new Vault(ring);
        Registrations registrations = new Registrations(
                store, vault, URI.create("https://app.example.com/bulla"), Map.of(provider.id(), provider));
        Revoking revoking = new Revoking(store, registrations, http, Clock.systemUTC());
        Meter meter = new Meter(null, store);
        AuditTrail trail = new AuditTrail(AuditSettings.off(), store, Clock.systemUTC(), () -> {}, () -> {});
        Notices notices = new Notices(new Delivery(List.of(), meter), meter, store, trail);
        return new RefreshKeeper(
                store,
                vault,
                new KeyRows(ring, store),
                registrations,
                revoking,
                notices,
                http,
                executor,
                closing,
                this);
    }
}
