package dev.bulla.hook;

import dev.bulla.notice.Meter;
import dev.bulla.webhook.WebhookEvent;
import dev.bulla.webhook.WebhookListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was taken and is not told yet: some 2,000 events, and 64 MiB together with what goes with each. One thread tells them in order; it
 * begins with the first. Where there is no room the service is asked to send again. Thread-safe.
 */
public final class Inbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int KIBIBYTES = 64 * 1024;
    private static final int EACH = 32;
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final List<WebhookListener> listeners;
    private final Meter meter;
    private final Semaphore room = new Semaphore(KIBIBYTES);
    /** An empty one only wakes the thread. */
    private final LinkedBlockingQueue<Optional<WebhookEvent>> queue = new LinkedBlockingQueue<>();

    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closing;

    public Inbox(List<WebhookListener> listeners, Meter meter) {
        this.listeners = List.copyOf(listeners);
        this.meter = meter;
        thread = new Thread(this::deliver, "bulla-webhooks");
        thread.setDaemon(true);
    }

    private static int weight(int size) {
        return EACH + size / 1024;
    }

    /** Keeps room for a delivery of so many bytes; never waits. */
    boolean reserve(int size) {
        return !closing && room.tryAcquire(weight(size));
    }

    /** Gives back what was kept for a delivery. */
    void release(int size) {
        room.release(weight(size));
        if (closing) {
            queue.add(Optional.empty());
        }
    }

    /** Takes an event for which room is kept. */
    void put(WebhookEvent event) {
        if (listeners.isEmpty()) {
            release(event.size());
        } else {
            queue.add(Optional.of(event));
            if (started.compareAndSet(false, true)) {
                thread.start();
            }
        }
    }

    private void deliver() {
        try {
            while (!closing || room.availablePermits() < KIBIBYTES) {
                queue.take().ifPresent(this::tell);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(WebhookEvent event) {
        try {
            listeners.forEach(listener -> tell(listener, event));
        } finally {
            release(event.size());
        }
    }

    /** Whatever a host's code throws, the next listener and the next event have their turn. */
    private void tell(WebhookListener listener, WebhookEvent event) {
        try {
            listener.on(event);
        } catch (Throwable e) {
            meter.webhookUnheard(event.provider());
            LOG.warn(
                    "listener {} threw {} at a webhook of {}",
                    listener.getClass().getName(),
                    e.getClass().getName(),
                    event.provider());
        }
    }

    /** Waits, at most five seconds, until the listeners have been told what was taken: then all of the room is free. */
    @Override
    public void close() {
        closing = true;
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            if (room.tryAcquire(KIBIBYTES, DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                room.release(KIBIBYTES);
                thread.interrupt();
                thread.join();
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        LOG.warn("closing did not wait for the listeners: {} webhooks were not delivered", queue.size());
    }
}
