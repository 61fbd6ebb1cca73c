package dev.bulla.notice;

import dev.bulla.event.BullaEvent;
import dev.bulla.event.BullaListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to the listeners: one thread, in order, from a queue of {@value #CAPACITY}. What does not fit is counted and dropped,
 * because nothing that is committed may wait for a host. Without listeners there is neither queue nor thread. Thread-safe.
 */
public final class Delivery implements AutoCloseable {
    static final int CAPACITY = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final List<BullaListener> listeners;
    private final Meter meter;
    private final BlockingQueue<BullaEvent> queue;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean told = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closing;

    public Delivery(List<BullaListener> listeners, Meter meter) {
        this.meter = meter;
        this.listeners = List.copyOf(listeners);
        queue = new ArrayBlockingQueue<>(listeners.isEmpty() ? 1 : CAPACITY);
        thread = new Thread(this::deliver, "bulla-events");
        thread.setDaemon(true);
        if (!listeners.isEmpty()) {
            thread.start();
        }
    }

    /** Whether anybody listens. */
    boolean isWanted() {
        return !listeners.isEmpty();
    }

    /** Never waits. */
    void publish(BullaEvent event) {
        if (!isWanted() || queue.offer(event)) {
            return;
        }
        dropped.incrementAndGet();
        meter.eventDropped();
        if (told.compareAndSet(false, true)) {
            LOG.warn("a listener is too slow: events are dropped from here on, and counted");
        }
    }

    private void deliver() {
        try {
            while (!closing || !queue.isEmpty()) {
                BullaEvent event = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (event != null) {
                    listeners.forEach(listener -> tell(listener, event));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever a host's code throws, the next listener and the next event have their turn. */
    private static void tell(BullaListener listener, BullaEvent event) {
        try {
            listener.on(event);
        } catch (Throwable e) {
            LOG.warn(
                    "listener {} threw {} at {}",
                    listener.getClass().getName(),
                    e.getClass().getName(),
                    event.getClass().getName());
        }
    }

    /** Waits, at most five seconds, until the listeners have been told what was published. */
    @Override
    public void close() {
        closing = true;
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(DRAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
            LOG.warn("closing did not wait for the listeners: {} events were not delivered", queue.size());
        }
        if (dropped.get() > 0) {
            LOG.warn("{} events were dropped, because a listener was too slow", dropped.get());
        }
    }
}
