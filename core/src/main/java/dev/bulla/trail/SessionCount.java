package dev.bulla.trail;

import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.SessionRecord;
import dev.bulla.audit.SessionRecord.Ended;
import dev.bulla.audit.SessionRecord.PolicyCount;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts entries, which come the newest first, by their sessions. For one thread. */
public final class SessionCount {
    private final Map<String, One> sessions = new LinkedHashMap<>();

    private static final class One {
        private AuditEntry newest;
        private final Map<String, Integer> tools = new TreeMap<>();
        private final Map<String, PolicyCount> policies = new LinkedHashMap<>();
        private Instant began;
        private boolean reset;
        private int allowed;
        private int denied;

        One(AuditEntry newest) {
            this.newest = newest;
            this.began = newest.at();
        }

        void count(AuditEntry entry) {
            if (entry.act().action() == Action.SESSION_RESET) {
                reset = true;
                return;
            }
            if (!hasCalls()) {
                newest = entry;
            }
            boolean isAllowed = entry.verdict().allowed();
            began = entry.at();
            allowed += isAllowed ? 1 : 0;
            denied += isAllowed ? 0 : 1;
            if (!entry.act().tool().isEmpty()) {
                tools.merge(entry.act().tool(), 1, Integer::sum);
            }
            for (AuditEntry.Policy policy : entry.verdict().policies()) {
                policies.merge(
                        policy.id(),
                        new PolicyCount(policy.id(), policy.name(), isAllowed ? 1 : 0, isAllowed ? 0 : 1),
                        (one, more) -> new PolicyCount(
                                one.id(), one.name(), one.allowed() + more.allowed(), one.denied() + more.denied()));
            }
        }

        boolean hasCalls() {
            return allowed + denied > 0;
        }

        SessionRecord record(Instant now) {
            AuditEntry.Caller caller = newest.caller();
            Optional<Ended> ended = reset
                    ? Optional.of(Ended.RESET)
                    : newest.at().plus(SessionRecord.IDLE).isAfter(now)
                            ? Optional.empty()
                            : Optional.of(Ended.INACTIVITY);
            return new SessionRecord(
                    caller.session(),
                    newest.member(),
                    caller.key(),
                    caller.grant(),
                    caller.client(),
                    caller.remote(),
                    began,
                    newest.at(),
                    tools,
                    allowed,
                    denied,
                    List.copyOf(policies.values()),
                    ended);
        }
    }

    public void add(AuditEntry entry) {
        String id = entry.caller().session();
        boolean counts = entry.act().action().isUse() || entry.act().action() == Action.SESSION_RESET;
        if (counts && !id.isEmpty()) {
            sessions.computeIfAbsent(id, any -> new One(entry)).count(entry);
        }
    }

    /** The one that was used last first. */
    public List<SessionRecord> records(Instant now) {
        return sessions.values().stream()
                .filter(One::hasCalls)
                .map(one -> one.record(now))
                .sorted(Comparator.comparing(SessionRecord::last).reversed())
                .toList();
    }
}
