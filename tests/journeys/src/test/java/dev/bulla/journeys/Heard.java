package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.event.BullaEvent;
import dev.bulla.event.BullaListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that keeps what it was told. */
final class Heard implements BullaListener {
    private final BlockingQueue<BullaEvent> events = new LinkedBlockingQueue<>();

    @Override
    public void on(BullaEvent event) {
        events.add(event);
    }

    /** The next so many events, once they are there. */
    List<BullaEvent> next(int count) {
        List<BullaEvent> next = new ArrayList<>();
        try {
            while (next.size() < count) {
                BullaEvent event = events.poll(Crowd.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(event).as("after %s", next).isNotNull();
                next.add(event);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return next;
    }

    /** Everything until now that was not taken by {@link #next}; the instance is closed, so that nothing comes after it. */
    List<BullaEvent> rest(Bulla bulla) {
        bulla.close();
        List<BullaEvent> rest = new ArrayList<>();
        events.drainTo(rest);
        return rest;
    }
}
