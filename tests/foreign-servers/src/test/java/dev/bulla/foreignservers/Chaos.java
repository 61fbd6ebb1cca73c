package dev.bulla.foreignservers;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Stops nodes for 1 to 60 seconds (SIGSTOP, SIGCONT) and kills others (SIGKILL), which are started again at once. One node at least is
 * always left running. Seven of ten strikes stop, three kill.
 */
final class Chaos {
    private static final long LONGEST_MILLIS = 60_000;

    private final List<NodeProcess> running;
    private final Random random;
    private final PriorityQueue<Pause> pauses = new PriorityQueue<>(Comparator.comparingLong(Pause::until));

    private record Pause(NodeProcess node, long until) {}

    Chaos(List<NodeProcess> nodes, long seed) {
        this.running = new ArrayList<>(nodes);
        this.random = new Random(seed);
    }

    /** Returns when the time is over and every node runs. */
    void rage(Duration time) throws IOException, InterruptedException {
        long begin = now();
        long end = begin + time.toMillis();
        long rest = Math.min(10_000, time.toMillis() / 10);
        long next = begin + rest / 2;
        while (now() < end || !pauses.isEmpty()) {
            wake(now() >= end);
            if (now() >= next && now() < end && running.size() > 1) {
                strike(end);
                next = now() + rest / 3 + random.nextLong(rest);
            }
            Thread.sleep(20);
        }
    }

    private void wake(boolean all) throws IOException, InterruptedException {
        while (!pauses.isEmpty() && (all || pauses.peek().until() <= now())) {
            NodeProcess node = pauses.poll().node();
            node.resume();
            running.add(node);
        }
    }

    private void strike(long end) throws IOException, InterruptedException {
        NodeProcess node = running.get(random.nextInt(running.size()));
        if (random.nextInt(10) < 7) {
            long longest = Math.max(1_001, Math.min(LONGEST_MILLIS, end - now()));
            node.pause();
            running.remove(node);
            pauses.add(new Pause(node, now() + random.nextLong(1_000, longest)));
        } else {
            node.kill();
            node.restart();
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
