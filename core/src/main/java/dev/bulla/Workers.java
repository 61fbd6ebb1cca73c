package dev.bulla;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library's own threads: what must not end with its caller runs here. Daemon threads, as many as there are flights; {@code drain}
 * lets what is under way come to its end. Thread-safe.
 */
final class Workers implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService pool = Executors.newCachedThreadPool(this::thread);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(this::thread);

    Workers(Runnable tidy) {
        timer.scheduleWithFixedDelay(() -> survive(tidy), SWEEP.toSeconds(), SWEEP.toSeconds(), TimeUnit.SECONDS);
    }

    /** A timer ends, silently, with the first exception of its work. */
    private static void survive(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            LOG.error(
                    "work of the timer failed with {}; it is tried again",
                    e.getClass().getName());
        }
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "bulla-" + count.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable work) {
        pool.execute(work);
    }

    /** Runs this after a while, unless the library is closed by then. */
    Future<?> later(Runnable work, Duration delay) {
        return timer.schedule(() -> begin(work), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void begin(Runnable work) {
        try {
            execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("closing: nothing more is begun");
        } catch (Throwable e) {
            LOG.error(
                    "no thread is to be had: {}; it is tried again",
                    e.getClass().getName());
            var unused = later(work, SWEEP);
        }
    }

    boolean isShutdown() {
        return pool.isShutdown();
    }

    void drain() {
        timer.shutdownNow();
        pool.shutdown();
        try {
            if (!pool.awaitTermination(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                LOG.error("closing did not wait for everything under way: an answer may be lost");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.error("closing was interrupted: an answer may be lost");
        }
    }
}
