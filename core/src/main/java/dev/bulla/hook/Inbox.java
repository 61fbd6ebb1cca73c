package dev.bulla.hook;

import dev.bulla.notice.Meter;
import dev.bulla.webhook.WebhookEvent;
import dev.bulla.webhook.WebhookListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was taken and is not told yet: some 2,000 events, and 64 MiB together with what goes with each. One thread tells them in order. Where
 * there is no room the service is asked to send again. Thread-safe.
 */
public final class Inbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int KIBIBYTES = 64 * 1024;
    private static final int EACH = 32;
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final List<WebhookListener> listeners;
    private final Meter meter;
    private final Semaphore room = new Semaphore(KIBIBYTES);
    private final LinkedBlockingQueue<WebhookEvent> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closing;

    public Inbox(List<WebhookListener> listeners, Meter meter) {
        this.listeners = List.copyOf(listeners);
        this.meter = meter;
        thread = new Thread(this::deliver, "bulla-webhooks");
        thread.setDaemon(true);
        if (!listeners.isEmpty()) {
            thread.start();
        }
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
    }

    /** Takes an event for which room is kept. */
    void put(WebhookEvent event) {
        if (listeners.isEmpty()) {
            release(event.size());
        } else {
            queue.add(event);
        }
    }

    private void deliver() {
        try {
            while (!closing || room.availablePermits() < KIBIBYTES) {
                WebhookEvent event = queue.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (event != null) {
                    try {
                        listeners.forEach(listener -> tell(listener, event));
                    } finally {
                        release(event.size());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
