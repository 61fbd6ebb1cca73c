package dev.bulla.foreignservers;

import dev.bulla.foreignservers.Redemptions.Redemption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * What nodes told of their refreshes, and what was done to nodes. It explains a second redemption only by what the pause guard can not
 * see: a node was stopped or killed between the last check and the stored answer, and the other request began when the claim of the
 * first was over or given up. Thread-safe.
 */
final class Evidence {
    /** A claim lives for 25 seconds, and its holder looks at its age for the last time, connected, within the first 10 of them. */
    private static final long CLAIM_MILLIS = 15_000;

    /** How long after the answer came a stop or kill is still taken to have hit the write. */
    private static final long WRITE_MILLIS = 500;

    /** A process of a node. */
    record Life(int node, int number) {}

    /** A refresh as a node told it. */
    record Attempt(Life life, String token, long begin) {}

    private record End(long time, String outcome) {}

    /** A stop or a kill, epoch milliseconds. */
    record Interruption(Life life, boolean kill, long from, long to) {
        @Override
        public String toString() {
            return "node " + life.node() + (kill ? " killed" : " stopped for " + (to - from) / 1000 + " s");
        }
    }

    private static final End NEVER = new End(Long.MAX_VALUE, "never told");

    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Map<Attempt, End> ends = new ConcurrentHashMap<>();
    private final Queue<Interruption> interruptions = new ConcurrentLinkedQueue<>();

    void begin(Life life, long time, String token) {
        attempts.add(new Attempt(life, token, time));
    }

    void end(Life life, long time, String token, String outcome) {
        Attempt open = attempts.stream()
                .filter(attempt ->
                        attempt.life().equals(life) && attempt.token().equals(token))
                .filter(attempt -> !ends.containsKey(attempt))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a refresh ended that never began"));
        ends.put(open, new End(time, outcome));
    }

    private End end(Attempt attempt) {
        return ends.getOrDefault(attempt, NEVER);
    }

    void interrupted(Interruption interruption) {
        interruptions.add(interruption);
    }

    List<Interruption> interruptions() {
        return List.copyOf(interruptions);
    }

    /** Refreshes that nodes began before they were stopped, and that the guard did not send after it. */
    long heldBack() {
        return ends.entrySet().stream()
                .filter(end -> Set.of("claim_aged", "unreachable")
                        .contains(end.getValue().outcome()))
                .filter(end -> hit(end.getKey()).isPresent())
                .count();
    }

    /** What hit a refresh before its answer was stored. */
    Optional<Interruption> hit(Attempt attempt) {
        return interruptions.stream()
                .filter(one -> one.life().equals(attempt.life()))
                .filter(one -> one.to() >= attempt.begin())
                .filter(one ->
                        end(attempt) == NEVER || one.from() <= end(attempt).time() + WRITE_MILLIS)
                .findFirst();
    }

    /** What hit the refreshes with the newest of these tokens: whether they were answered nobody can know. */
    List<Interruption> hits(Predicate<String> tokens) {
        return attempts.stream()
                .filter(attempt -> tokens.test(attempt.token()))
                .max(Comparator.comparingLong(Attempt::begin))
                .map(newest -> attempts.stream()
                        .filter(attempt -> attempt.token().equals(newest.token()))
                        .flatMap(attempt -> hit(attempt).stream())
                        .toList())
                .orElse(List.of());
    }

    /** What is known of a token that was redeemed again. */
    record Finding(boolean explained, String text) {}

    /** Why a token was redeemed again, or what speaks against every good reason. */
    Finding explain(Redemption earlier, Redemption later) {
        Optional<Attempt> first = of(earlier);
        Optional<Attempt> second = of(later);
        if (first.isEmpty() || second.isEmpty()) {
            return new Finding(false, "no node told of a request");
        }
        String again =
                "; redeemed by node %d, answered after %d ms with %d %s, and by node %d %d s later, answered %d %s"
                        .formatted(
                                first.get().life().node(),
                                earlier.took(),
                                earlier.status(),
                                earlier.error(),
                                second.get().life().node(),
                                (later.at() - earlier.at()) / 1000,
                                later.status(),
                                later.error());
        Optional<Interruption> hit = hit(first.get()).or(() -> hit(second.get()));
        if (hit.isEmpty()) {
            return new Finding(
                    false,
                    "nothing hit a node, the first told: " + end(first.get()).outcome() + again);
        }
        if (Math.abs(second.get().begin() - first.get().begin()) < CLAIM_MILLIS
                && !gaveItsClaimUp(first.get(), second.get())) {
            return new Finding(
                    false,
                    hit.get() + ", but the claim can not have been over, the first told: "
                            + end(first.get()).outcome() + again);
        }
        return new Finding(true, hit.get() + " before an answer was stored" + again);
    }

    /** A node that waited for the answer in vain, because it was stopped meanwhile, say, ends its claim at once. */
    private boolean gaveItsClaimUp(Attempt first, Attempt second) {
        End end = end(first);
        return end.outcome().equals(WatchedRefresher.UNKNOWN) && end.time() <= second.begin();
    }

    /** The refresh that a request belongs to: of those with this token that were under way, the youngest. */
    private Optional<Attempt> of(Redemption redemption) {
        return attempts.stream()
                .filter(attempt -> attempt.token().equals(redemption.token()))
                .filter(attempt -> attempt.begin() <= redemption.at()
                        && redemption.at() <= end(attempt).time())
                .max(Comparator.comparingLong(Attempt::begin));
    }
}
