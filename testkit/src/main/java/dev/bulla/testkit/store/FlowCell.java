package dev.bulla.testkit.store;

import dev.bulla.store.FlowRow;
import org.jspecify.annotations.Nullable;

/** One flow and who took it; guarded by the lock of {@link Tables}. */
final class FlowCell {
    final FlowRow row;

    @Nullable
    String takenBy;
    /** When it expires, or when it was taken. */
    long endsAt;

    FlowCell(FlowRow row) {
        this.row = row;
        this.endsAt = row.expiresAt();
    }
}
