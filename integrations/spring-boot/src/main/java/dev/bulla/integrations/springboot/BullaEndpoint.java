package dev.bulla.integrations.springboot;

import dev.bulla.Maintenance.Swept;
import dev.bulla.Sweeper;
import dev.bulla.Sweeper.Round;
import dev.bulla.key.HostKeyring;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Where the upkeep on this node stands, in numbers: nothing names a tenant, member or account, and no key is shown. Thread-safe. */
@Endpoint(id = "bulla")
public final class BullaEndpoint {
    private final String environment;
    private final ObjectProvider<HostKeyring> hostKeys;
    private final ObjectProvider<BullaSweep> sweep;

    BullaEndpoint(String environment, ObjectProvider<HostKeyring> hostKeys, ObjectProvider<BullaSweep> sweep) {
        this.environment = environment;
        this.hostKeys = hostKeys;
        this.sweep = sweep;
    }

    /** {@code environment}, {@code hostKeys} with the state of each term, and {@code sweep}, where this node does it. */
    @ReadOperation
    public Map<String, Object> read() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("environment", environment);
        hostKeys.ifUnique(ring -> fields.put(
                "hostKeys",
                ring.terms().entrySet().stream()
                        .collect(Collectors.toMap(
                                term -> String.valueOf(term.getKey()),
                                term -> term.getValue().name(),
                                (one, other) -> one,
                                LinkedHashMap::new))));
        Optional.ofNullable(sweep.getIfAvailable())
                .flatMap(BullaSweep::progress)
                .ifPresent(progress -> fields.put("sweep", sweep(progress)));
        return fields;
    }

    private static Map<String, Object> sweep(Sweeper.Progress progress) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rounds", progress.rounds());
        progress.last().ifPresent(round -> fields.put("last", round(round)));
        progress.underWay().ifPresent(round -> fields.put("underWay", round(round)));
        return fields;
    }

    private static Map<String, Object> round(Round round) {
        Swept swept = round.swept();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("began", round.began().toString());
        fields.put("took", round.took().toString());
        fields.put("whole", round.whole());
        fields.put("candidates", swept.candidates());
        fields.put("refreshed", swept.refreshed());
        fields.put("moved", swept.moved());
        fields.put("kept", swept.kept());
        fields.put("failed", swept.failed());
        fields.put("leftOut", swept.leftOut());
        return fields;
    }
}
