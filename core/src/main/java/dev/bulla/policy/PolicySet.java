package dev.bulla.policy;

import dev.bulla.policy.Decision.Reason;
import dev.bulla.policy.Decision.Ref;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The policies that decide together. What no permit allows is denied, and a forbid beats every permit. Where something is not known, such
 * as what a resource is like, it counts against the call: a permit applies only where it surely does, a forbid unless it surely does not.
 * Immutable and thread-safe.
 */
public final class PolicySet {
    private static final PolicySet EMPTY = new PolicySet(List.of(), true);
    private static final PolicySet UNREADABLE = new PolicySet(List.of(), false);

    private final List<Entry> entries;
    private final boolean readable;

    private PolicySet(List<Entry> entries, boolean readable) {
        this.entries = entries;
        this.readable = readable;
    }

    /** A policy and which version of it that is. */
    public record Entry(Ref ref, Policy policy) {}

    /** @param entries in any order */
    public static PolicySet of(List<Entry> entries) {
        return new PolicySet(
                entries.stream()
                        .sorted(Comparator.comparing(
                                        (Entry entry) -> entry.ref().name())
                                .thenComparing(entry -> entry.ref().id()))
                        .toList(),
                true);
    }

    /** No policies: everything is denied. */
    public static PolicySet empty() {
        return EMPTY;
    }

    /** In the place of policies of which one can not be read: everything is denied. */
    public static PolicySet unreadable() {
        return UNREADABLE;
    }

    /** Whether a call may go on, and by which policies. */
    public Decision decide(Question question) {
        if (!readable) {
            return new Decision(false, Reason.UNREADABLE, List.of(), "");
        }
        List<Ref> forbids = new ArrayList<>();
        List<Ref> maybeForbids = new ArrayList<>();
        List<Ref> permits = new ArrayList<>();
        List<Ref> maybePermits = new ArrayList<>();
        String message = "";
        String maybeMessage = "";
        for (Entry entry : entries) {
            Truth truth = entry.policy().applies(question);
            if (truth == Truth.NO) {
                continue;
            }
            boolean sure = truth == Truth.YES;
            if (entry.policy().effect() == Effect.PERMIT) {
                (sure ? permits : maybePermits).add(entry.ref());
                continue;
            }
            (sure ? forbids : maybeForbids).add(entry.ref());
            if (sure && message.isEmpty()) {
                message = entry.policy().denyMessage();
            } else if (maybeMessage.isEmpty()) {
                maybeMessage = entry.policy().denyMessage();
            }
        }
        if (!forbids.isEmpty()) {
            return new Decision(false, Reason.FORBIDDEN, forbids, message);
        }
        if (permits.isEmpty() && maybePermits.isEmpty()) {
            return new Decision(false, Reason.NO_PERMIT, List.of(), "");
        }
        if (!maybeForbids.isEmpty()) {
            return new Decision(false, Reason.UNCLEAR, maybeForbids, maybeMessage);
        }
        if (!permits.isEmpty()) {
            return new Decision(true, Reason.PERMITTED, permits, "");
        }
        return new Decision(false, Reason.UNCLEAR, maybePermits, "");
    }
}
