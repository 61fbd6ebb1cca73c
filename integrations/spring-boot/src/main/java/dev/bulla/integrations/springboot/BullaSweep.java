package dev.bulla.integrations.springboot;

import dev.bulla.Bulla;
import dev.bulla.SweepSettings;
import dev.bulla.Sweeper;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Background refreshes that start when the application has, and end before it does. Thread-safe. */
public final class BullaSweep implements SmartLifecycle {
    private final Bulla bulla;
    private final SweepSettings settings;
    private final AtomicReference<@Nullable Sweeper> sweeper = new AtomicReference<>();

    BullaSweep(Bulla bulla, SweepSettings settings) {
        this.bulla = bulla;
        this.settings = settings;
    }

    /** Where it stands; empty before the start and after the end. */
    public Optional<Sweeper.Progress> progress() {
        return Optional.ofNullable(sweeper.get()).map(Sweeper::progress);
    }

    @Override
    public void start() {
        if (!isRunning()) {
            sweeper.set(bulla.maintenance().start(settings));
        }
    }

    @Override
    public void stop() {
        Sweeper running = sweeper.getAndSet(null);
        if (running != null) {
            running.close();
        }
    }

    @Override
    public boolean isRunning() {
        return sweeper.get() != null;
    }
}
