package dev.bulla.rule;

import dev.bulla.policy.Decision.Ref;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicySet;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.PolicyRow;
import dev.bulla.store.PolicyStore.Rules;
import dev.bulla.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policies of one connection, as their rows say. Immutable and thread-safe. */
public final class PolicyRows {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyRows.class);

    private final Map<String, PolicySet> sets;
    private final boolean readable;

    private PolicyRows(Map<String, PolicySet> sets, boolean readable) {
        this.sets = sets;
        this.readable = readable;
    }

    /** @param rows the last versions of all policies of a connection */
    public static PolicyRows of(List<PolicyRow> rows) {
        Map<String, List<PolicySet.Entry>> entries = new LinkedHashMap<>();
        for (PolicyRow row : rows) {
            Optional<Policy> policy = read(row);
            if (policy.isEmpty()) {
                LOG.error(
                        "policy {} of connection {} can not be read: every call of that connection is denied",
                        row.id(),
                        row.connectionId());
                return new PolicyRows(Map.of(), false);
            }
            Ref ref = new Ref(row.id(), policy.get().name(), row.version());
            entries.computeIfAbsent(row.set(), set -> new ArrayList<>()).add(new PolicySet.Entry(ref, policy.get()));
        }
        Map<String, PolicySet> sets = new LinkedHashMap<>();
        entries.forEach((set, some) -> sets.put(set, PolicySet.of(some)));
        return new PolicyRows(sets, true);
    }

    /**
     * Those that stand in the store.
     *
     * @param rulesNo the number of changes that a read has just seen; where it is 0, nothing stands there
     */
    public static PolicyRows of(Store store, ConnectionRow connection, long rulesNo) {
        return rulesNo == 0
                ? of(List.of())
                : of(store.policies()
                        .rules(connection.tenant(), connection.id())
                        .map(Rules::policies)
                        .orElse(List.of()));
    }

    static Optional<Policy> read(PolicyRow row) {
        String body = row.body();
        return body == null ? Optional.empty() : Policy.fromStored(body);
    }

    /** The policies that count together under a name: none where there is no such set; all unreadable where one policy is. */
    public PolicySet set(String name) {
        return readable ? sets.getOrDefault(name, PolicySet.empty()) : PolicySet.unreadable();
    }
}
