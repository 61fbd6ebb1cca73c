package dev.bulla.crashes;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * The points of a worker at which it stops to be killed. A point is a moment and whose it is, such as {@code store.open} of one
 * account. Thread-safe.
 */
final class Gate {
    private final Set<String> armed = ConcurrentHashMap.newKeySet();
    private final CountDownLatch opened = new CountDownLatch(1);

    void arm(String point) {
        armed.add(point);
    }

    /** Lets everybody pass, those who stand at their points, too. */
    void open() {
        armed.clear();
        opened.countDown();
    }

    /** Where this point is armed, says so and stays. */
    void at(String moment, String whose) {
        String point = moment + " " + whose;
        if (armed.remove(point)) {
            Worker.say("AT " + point);
            try {
                opened.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
