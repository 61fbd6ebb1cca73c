package dev.bulla.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.notice.Meter;
import dev.bulla.webhook.WebhookEvent;
import dev.bulla.webhook.WebhookListener;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InboxTest {
    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();

    @Test
    void closingWaitsForADeliveryThatIsUnderWay() throws Exception {
        Inbox inbox = inbox(event -> told.add(event.type()));
        assertThat(inbox.reserve(10)).isTrue();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(inbox::close);
        assertThatThrownBy(() -> closed.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        inbox.put(event("late", 10));
        closed.get();
        assertThat(told).containsExactly("late");
    }

    @Test
    void closingWaitsForTheListeners() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Inbox inbox = inbox(event -> {
            reached.countDown();
            assertThat(await(goOn)).isTrue();
            told.add(event.type());
        });
        send(inbox, "one");
        send(inbox, "two");
        assertThat(await(reached)).isTrue();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(inbox::close);
        goOn.countDown();
        closed.join();
        assertThat(told).containsExactly("one", "two");
    }

    @Test
    void listenerThatClosesDoesNotWaitForItself() {
        CountDownLatch done = new CountDownLatch(2);
        Inbox[] inbox = new Inbox[1];
        inbox[0] = inbox(event -> {
            inbox[0].close();
            told.add(event.type());
            done.countDown();
        });
        assertThat(inbox[0].reserve(1)).isTrue();
        send(inbox[0], "one");
        inbox[0].put(event("two", 1));
        assertThat(await(done)).isTrue();
        inbox[0].close();
        assertThat(told).containsExactly("one", "two");
    }

    @Test
    void closedOneTakesNothingMore() {
        Inbox inbox = inbox(event -> told.add(event.type()));
        inbox.close();
        inbox.close();
        assertThat(inbox.reserve(1)).isFalse();
        assertThat(told).isEmpty();
    }

    private static void send(Inbox inbox, String id) {
        assertThat(inbox.reserve(1)).isTrue();
        inbox.put(event(id, 1));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Inbox inbox(WebhookListener listener) {
        return new Inbox(List.of(listener), new Meter(null, null));
    }

    private static WebhookEvent event(String id, int size) {
        return new WebhookEvent("t", "c", "notes", "acme", id, "", Instant.EPOCH, new byte[size]);
    }
}
