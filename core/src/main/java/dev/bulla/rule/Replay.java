package dev.bulla.rule;

import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditEntry.Act;
import dev.bulla.audit.AuditEntry.Facts;
import dev.bulla.audit.AuditQuery;
import dev.bulla.entity.EntityKeeper;
import dev.bulla.model.Entity;
import dev.bulla.policy.Decision;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicySet;
import dev.bulla.policy.Question;
import dev.bulla.policy.ResourceAttributes;
import dev.bulla.policy.Simulation;
import dev.bulla.policy.Simulation.Row;
import dev.bulla.store.Store;
import dev.bulla.tool.Resource;
import dev.bulla.tool.Sight;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolName;
import dev.bulla.trail.AuditReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides again what the audit says was asked. Thread-safe. */
public final class Replay {
    private static final int MOST = 100_000;
    private static final int ROWS = 500;

    private final AuditReader audit;
    private final Store store;

    public Replay(AuditReader audit, Store store) {
        this.audit = audit;
        this.store = store;
    }

    /**
     * With these policies in the place of those that are in force.
     *
     * @param connectionId another connection may have had the name of this one
     */
    public Simulation of(
            PolicyKeeper.Desk desk, String connectionId, PolicySet before, List<Policy> after, Duration last) {
        Instant from = Instant.ofEpochMilli(store.now()).minus(last);
        Count count = new Count(desk.set(), before, set(after));
        Optional<String> rest = audit.part(
                desk.tenant(),
                AuditQuery.all().from(from).connection(desk.connection()).onlyUses(),
                MOST,
                entry -> {
                    if (entry.service().id().equals(connectionId)) {
                        count.entry(entry);
                    }
                });
        return count.result(rest.isEmpty());
    }

    private static PolicySet set(List<Policy> policies) {
        List<PolicySet.Entry> entries = new ArrayList<>();
        for (Policy policy : policies) {
            entries.add(
                    new PolicySet.Entry(new Decision.Ref(String.valueOf(entries.size()), policy.name(), 0), policy));
        }
        return PolicySet.of(entries);
    }

    /**
     * The question that an entry answers; empty where it does not say enough.
     *
     * @param kept what is known now of what the entry touched, for what no policy asked at that time
     */
    private static Optional<Question> question(AuditEntry entry, ResourceAttributes kept) {
        Act act = entry.act();
        Facts facts = entry.verdict().facts();
        if (act.action() == Action.TOKEN && !facts.sight().isEmpty()) {
            return Optional.of(Question.token(entry.member(), entry.at(), facts.denials()));
        }
        Optional<Tier> tier = tier(act.tier());
        Optional<Sight> sight = sight(facts, act);
        if (tier.isEmpty() || sight.isEmpty() || !act.action().isUse()) {
            return Optional.empty();
        }
        return Optional.of(new Question(
                entry.member(),
                facts.toolUnclear()
                        ? Optional.empty()
                        : ToolName.parse(act.tool()).map(ToolName::tool),
                facts.toolUnclear(),
                tier.get(),
                sight.get(),
                (resource, name) -> facts.attributes().isEmpty() ? kept.values(resource, name) : written(facts, name),
                entry.at(),
                facts.denials()));
    }

    private static Optional<Set<String>> written(Facts facts, String name) {
        return Optional.ofNullable(facts.attributes().get(name));
    }

    private static Optional<Tier> tier(String name) {
        try {
            return Optional.of(Tier.valueOf(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Sight> sight(Facts facts, Act act) {
        return switch (facts.sight()) {
            case "NONE" -> Optional.of(Sight.none());
            case "KNOWN" -> Optional.of(Sight.known(new Resource(act.resourceKind(), act.resourceId())));
            case "UNCLEAR" -> Optional.of(Sight.unclear());
            default -> Optional.empty();
        };
    }

    private final class Count {
        private final EntityKeeper entities = new EntityKeeper(store);
        private final Map<List<String>, Optional<Entity>> known = new HashMap<>();
        private final String set;
        private final PolicySet before;
        private final PolicySet after;
        private final List<Row> rows = new ArrayList<>();
        private long calls;
        private long allowedBefore;
        private long allowedAfter;
        private long changed;
        private long unmatched;
        private long skipped;

        Count(String set, PolicySet before, PolicySet after) {
            this.set = set;
            this.before = before;
            this.after = after;
        }

        void entry(AuditEntry entry) {
            if (!entry.verdict().facts().set().equals(set)) {
                return;
            }
            Optional<Question> question = question(entry, (resource, name) -> kept(entry, resource, name));
            if (question.isEmpty()) {
                skipped++;
                return;
            }
            Decision now = before.decide(question.get());
            Decision then = after.decide(question.get());
            calls++;
            allowedBefore += now.allowed() ? 1 : 0;
            allowedAfter += then.allowed() ? 1 : 0;
            unmatched += then.reason() == Decision.Reason.NO_PERMIT ? 1 : 0;
            if (now.allowed() != then.allowed()) {
                changed++;
                if (rows.size() < ROWS) {
                    rows.add(new Row(
                            entry.id(),
                            entry.at(),
                            entry.member(),
                            entry.act().tool(),
                            entry.verdict().allowed(),
                            now,
                            then));
                }
            }
        }

        private Optional<Set<String>> kept(AuditEntry entry, Resource resource, String name) {
            String connection = entry.service().id();
            return known.computeIfAbsent(
                            List.of(connection, resource.kind(), resource.id()),
                            one -> entities.get(entry.tenant(), connection, resource.kind(), resource.id()))
                    .map(entity -> entity.attributes().get(name));
        }

        Simulation result(boolean complete) {
            return new Simulation(calls, allowedBefore, allowedAfter, changed, unmatched, skipped, complete, rows);
        }
    }
}
