package dev.bulla.connection;

import dev.bulla.policy.Baseline;
import dev.bulla.policy.PolicySets;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.PolicyRow;
import java.util.List;

/** The policies that are written together with the settings that make a connection complete for the first time. No I/O. */
final class Seeds {
    private final Baseline baseline;

    Seeds(Baseline baseline) {
        this.baseline = baseline;
    }

    /** For a new connection. */
    List<PolicyRow> of(ConnectionRow row) {
        return row.complete()
                ? baseline.policies().stream()
                        .map(policy -> new PolicyRow(
                                row.tenant(),
                                row.id(),
                                PolicySets.SHARED,
                                Ids.id(),
                                0,
                                policy.toJson(),
                                Baseline.AUTHOR,
                                row.attempt(),
                                0))
                        .toList()
                : List.of();
    }

    /** For a change; where the connection ever had policies, the store leaves them as they are. */
    List<PolicyRow> of(ConnectionRow before, ConnectionRow after) {
        return before.complete() ? List.of() : of(after);
    }
}
