package dev.bulla.policy;

import dev.bulla.policy.Finding.Kind;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at policies beside each other. What is not enabled is looked at alone. */
final class Lint {
    private final List<Policy> all;
    private final List<Policy> permits;
    private final List<Policy> forbids;
    private final ToolSet tools;
    private final List<Finding> findings = new ArrayList<>();

    Lint(List<Policy> policies, ToolSet tools) {
        this.all = policies;
        this.permits = enabled(policies, Effect.PERMIT);
        this.forbids = enabled(policies, Effect.FORBID);
        this.tools = tools;
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
        permits.forEach(this::permit);
        forbids.stream()
                .filter(forbid -> permits.stream().noneMatch(permit -> meet(permit, forbid)))
                .forEach(forbid -> add(
                        Kind.FORBID_WITHOUT_EFFECT,
                        forbid.name(),
                        "'" + forbid.name() + "' forbids what nothing permits."));
        all.forEach(this::names);
        return List.copyOf(findings);
    }

    private void permit(Policy permit) {
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
        permits.stream()
                .filter(other ->
                        other != permit && covers(other, permit) && !(covers(permit, other) && isFirst(permit, other)))
                .findFirst()
                .ifPresent(other -> add(
                        Kind.PERMIT_NOT_NEEDED,
                        permit.name(),
                        "'" + other.name() + "' permits all that '" + permit.name() + "' does."));
    }

    /** Of two that are equal, one is needed. */
    private boolean isFirst(Policy one, Policy other) {
        return permits.indexOf(one) < permits.indexOf(other);
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
