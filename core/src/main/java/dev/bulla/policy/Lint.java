package dev.bulla.policy;

import dev.bulla.policy.Finding.Kind;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Looks at policies beside each other. What is not enabled is looked at alone. */
final class Lint {
    private final List<Policy> all;
    private final List<Policy> permits;
    private final List<Policy> forbids;
    private final Vocabulary words;
    private final ToolSet tools;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();

    Lint(List<Policy> policies, Vocabulary words, Instant now) {
        this.all = policies;
        this.words = words;
        this.now = now;
        this.permits = enabled(policies, Effect.PERMIT);
        this.forbids = enabled(policies, Effect.FORBID);
        this.tools = words.tools();
    }

    private static List<Policy> enabled(List<Policy> policies, Effect effect) {
        return policies.stream()
                .filter(policy -> policy.enabled() && policy.effect() == effect)
                .toList();
    }

    List<Finding> findings() {
        if (permits.isEmpty()) {
            add(Kind.NOTHING_PERMITTED, "", "No permit is enabled, so everything is denied.");
        }
        for (int i = 0; i < permits.size(); i++) {
            permit(permits.get(i), i);
        }
        forbids.stream()
                .filter(forbid -> permits.stream().noneMatch(permit -> meet(permit, forbid)))
                .forEach(forbid -> add(
                        Kind.FORBID_WITHOUT_EFFECT,
                        forbid.name(),
                        "'" + forbid.name() + "' forbids what nothing permits."));
        all.forEach(this::names);
        all.stream()
                .filter(policy -> policy.enabled() && isOver(policy))
                .forEach(policy ->
                        add(Kind.WINDOW_OVER, policy.name(), "'" + policy.name() + "' is over: its last day is past."));
        return List.copyOf(findings);
    }

    private boolean isOver(Policy policy) {
        return policy.window().filter(window -> window.isOver(now)).isPresent();
    }

    private void permit(Policy permit, int place) {
        Optional<Policy> forbid =
                forbids.stream().filter(one -> covers(one, permit)).findFirst();
        if (forbid.isPresent()) {
            String names =
                    "'" + permit.name() + "' can not lift '" + forbid.get().name() + "', which always holds";
            boolean window = permit.window().filter(one -> !one.isAlways()).isPresent();
            add(
                    window ? Kind.WINDOW_CANNOT_LIFT : Kind.PERMIT_NEVER_APPLIES,
                    permit.name(),
                    names + (window ? ": give the forbid the time in which it is to hold." : "."));
            return;
        }
        IntStream.range(0, permits.size())
                .filter(other -> other != place && covers(permits.get(other), permit))
                .filter(other ->
                        other < place || !covers(permit, permits.get(other))) // of two that say the same, one is needed
                .mapToObj(permits::get)
                .findFirst()
                .ifPresent(other -> add(
                        Kind.PERMIT_NOT_NEEDED,
                        permit.name(),
                        "'" + other.name() + "' permits all that '" + permit.name() + "' does."));
    }

    private void names(Policy policy) {
        for (String tool : policy.tools()) {
            if (!tool.equals(Policy.TOKEN) && tools.tool(tool).isEmpty()) {
                add(
                        Kind.TOOL_UNKNOWN,
                        policy.name(),
                        "'" + policy.name() + "' names the tool '" + tool + "', which is not there.");
            }
        }
        for (ResourceCondition condition : policy.resources()) {
            if (tools.kind(condition.kind()).isEmpty()) {
                add(
                        Kind.RESOURCE_UNKNOWN,
                        policy.name(),
                        "'" + policy.name() + "' names resources of the kind '" + condition.kind()
                                + "', which is not there.");
            } else {
                condition.attributes().keySet().stream()
                        .filter(attribute -> !words.knows(condition.kind(), attribute))
                        .forEach(attribute -> add(
                                Kind.ATTRIBUTE_UNKNOWN,
                                policy.name(),
                                "'" + policy.name() + "' asks for '" + attribute + "', of which nothing is known."));
            }
        }
    }

    private void add(Kind kind, String policy, String message) {
        findings.add(new Finding(kind, policy, message));
    }

    /** Whether the one surely applies wherever the other does. */
    private boolean covers(Policy one, Policy other) {
        boolean always = one.window().isEmpty()
                || one.window().get().isAlways()
                || one.window().equals(other.window());
        boolean everybody = one.members().isEmpty()
                || (!other.members().isEmpty() && one.members().containsAll(other.members()));
        boolean everything = one.resources().isEmpty() || one.resources().equals(other.resources());
        return always
                && everybody
                && everything
                && one.afterDenials() <= other.afterDenials()
                && coversCalls(one, other);
    }

    private boolean coversCalls(Policy one, Policy other) {
        if (other.isAboutEverything()) {
            return one.isAboutEverything();
        }
        return one.tiers().containsAll(other.tiers()) || one.isAboutEverything()
                ? other.tools().stream().allMatch(tool -> means(one, tool))
                : false;
    }

    private boolean means(Policy policy, String tool) {
        if (tool.equals(Policy.TOKEN)) {
            return policy.tools().contains(tool) || (policy.isAboutEverything() && policy.effect() == Effect.FORBID);
        }
        return policy.isAboutEverything()
                || policy.tools().contains(tool)
                || tier(tool).filter(policy.tiers()::contains).isPresent();
    }

    private Optional<Tier> tier(String tool) {
        return tools.tool(tool).map(Tool::tier);
    }

    /** Whether there can be a call to which both apply. */
    private boolean meet(Policy permit, Policy forbid) {
        boolean member = permit.members().isEmpty()
                || forbid.members().isEmpty()
                || !Collections.disjoint(permit.members(), forbid.members());
        boolean call = forbid.isAboutEverything()
                || (permit.isAboutEverything() && !forbid.tools().equals(Set.of(Policy.TOKEN)))
                || !Collections.disjoint(permit.tiers(), forbid.tiers())
                || permit.tools().stream().anyMatch(tool -> means(forbid, tool))
                || forbid.tools().stream().anyMatch(tool -> means(permit, tool));
        return member && call;
    }
}
