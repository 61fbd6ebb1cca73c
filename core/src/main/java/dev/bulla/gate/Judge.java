package dev.bulla.gate;

/** The step of policies. Thread-safe. */
@FunctionalInterface
public interface Judge {
    /** @throws dev.bulla.error.BullaException {@code POLICY_DENIED} or {@code POLICY_UNREADABLE} */
    void judge(Passage passage, Rules rules);
}
