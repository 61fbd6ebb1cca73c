package dev.bulla.gate;

import dev.bulla.tool.Tool;
import java.time.Instant;

/** The step of policies. Thread-safe. */
@FunctionalInterface
public interface Judge {
    /** @throws dev.bulla.error.BullaException {@code POLICY_DENIED} or {@code POLICY_UNREADABLE} */
    void judge(Passage passage, Rules rules);

    /** Whether a tool is not surely denied at this time, whatever it is called with. */
    default boolean shows(Caller caller, Rules rules, Tool tool, Instant at) {
        return true;
    }
}
