package dev.bulla.pages;

import dev.bulla.ConnectionPolicies;
import dev.bulla.policy.Flaw;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyRefused;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.policy.Simulation;
import dev.bulla.tool.ResourceKind;
import dev.bulla.web.WebResponse;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One policy: its form, and a look ahead at what it would do. */
final class PolicyEdit {
    private static final Duration LOOKED_AT = Duration.ofHours(24);
    private static final int SHOWN = 20;

    private PolicyEdit() {}

    private static Optional<PolicyVersion> current(ConnectionPolicies policies, String id) {
        return policies.list().stream()
                .filter(version -> version.id().equals(id))
                .findFirst();
    }

    static WebResponse show(Visit visit) {
        String name = visit.parameter("name");
        String id = visit.parameter("id");
        Optional<PolicyVersion> there = current(PolicyPages.policies(visit, name), id);
        if (!id.isEmpty() && there.isEmpty()) {
            return Pieces.notFound(visit);
        }
        ZoneId zone = visit.site().options().zone();
        if (there.isEmpty()) {
            PolicyForm empty = PolicyForm.of(Policy.permit("").build(), zone);
            return sheet(visit, name, id, 0, empty, Html.NOTHING, List.of());
        }
        Optional<Policy> policy = there.get().policy();
        if (policy.isEmpty() || !fits(visit, name, policy.get(), zone)) {
            return outside(visit, name, there.get());
        }
        PolicyForm form = PolicyForm.of(policy.get(), zone);
        return sheet(visit, name, id, there.get().version(), form, Html.NOTHING, List.of());
    }

    /** Whether the form has a place for all of it: what has none would be lost, and the policy would be about more than before. */
    private static boolean fits(Visit visit, String name, Policy policy, ZoneId zone) {
        Set<String> tools = visit.connections().tools(name).list().stream()
                .map(listed -> listed.tool().name())
                .collect(Collectors.toSet());
        Set<String> kinds = visit.connections().provider(name).tools().kinds().stream()
                .map(ResourceKind::name)
                .collect(Collectors.toSet());
        if (!policy.tools().stream().allMatch(tool -> tool.equals(Policy.TOKEN) || tools.contains(tool))
                || !policy.resources().stream().allMatch(condition -> kinds.contains(condition.kind()))) {
            return false;
        }
        try {
            return PolicyForm.of(policy, zone).policy().equals(policy);
        } catch (PolicyRefused e) { // what was saved by other means may not be written here
            return false;
        }
    }

    /** A policy that is shown, and can not be changed here. */
    private static WebResponse outside(Visit visit, String name, PolicyVersion version) {
        return visit.page(
                visit.say("policy.title", version.policy().map(Policy::name).orElse(version.id())),
                Html.of(
                        "<p class=\"warn\">%s</p>%s%s<p><a href=\"%s\">%s</a></p>",
                        visit.say(version.policy().isPresent() ? "policy.too-much" : "policies.unreadable"),
                        version.policy()
                                .map(policy -> Html.of("<pre><code>%s</code></pre>", policy.toJson()))
                                .orElse(Html.NOTHING),
                        deletion(visit, name, version.id()),
                        visit.at(OwnerPaths.POLICIES, "name", name, "set", PolicyPages.set(visit)),
                        visit.say("policies.back")));
    }

    /** Saves, or looks ahead. */
    static WebResponse save(Visit visit) {
        String name = Pieces.sent(visit, "name");
        String id = Pieces.sent(visit, "id");
        String seen = visit.field("version");
        long version = seen.matches("[0-9]{1,18}") ? Long.parseLong(seen) : 0;
        PolicyForm form = PolicyForm.of(visit.request().form());
        ConnectionPolicies policies = PolicyPages.policies(visit, name);
        Optional<PolicyVersion> there = current(policies, id);
        if (!id.isEmpty() && there.isEmpty()) {
            return Pieces.notFound(visit);
        }
        if (there.isPresent()
                && !there.get()
                        .policy()
                        .filter(policy ->
                                fits(visit, name, policy, visit.site().options().zone()))
                        .isPresent()) {
            return outside(visit, name, there.get());
        }
        try {
            Policy policy = form.policy();
            if (visit.field("do").equals("preview")) {
                return sheet(visit, name, id, version, form, ahead(visit, policies, id, policy), List.of());
            }
            if (there.isEmpty()) {
                policies.create(policy);
            } else if (there.get().version() == version) {
                policies.replace(there.get(), policy);
            } else {
                throw new PolicyRefused(List.of(new Flaw("policy", visit.say("policy.overtaken"))));
            }
        } catch (PolicyRefused e) {
            return sheet(visit, name, id, version, form, Html.NOTHING, e.flaws());
        }
        return visit.go(OwnerPaths.POLICIES, "name", name, "set", PolicyPages.set(visit), "done", "saved");
    }

    private static WebResponse sheet(
            Visit visit, String name, String id, long version, PolicyForm form, Html ahead, List<Flaw> flaws) {
        return visit.page(
                flaws.isEmpty() ? 200 : 422,
                id.isEmpty() ? visit.say("policies.new") : visit.say("policy.title", form.text("policy")),
                Html.of(
                        "%s%s%s%s<p><a href=\"%s\">%s</a></p>",
                        Pieces.errors(
                                visit,
                                flaws.stream()
                                        .map(flaw -> Html.of("%s", flaw.toString()))
                                        .toList()),
                        ahead,
                        visit.form(
                                OwnerPaths.POLICY,
                                Html.of(
                                        """
                                        <input type="hidden" name="name" value="%s"><input type="hidden" name="set" value="%s">
                                        <input type="hidden" name="id" value="%s"><input type="hidden" name="version" value="%s">%s
                                        """,
                                        name,
                                        PolicyPages.set(visit),
                                        id,
                                        Long.toString(version),
                                        new PolicySheet(visit, name, form).markup())),
                        deletion(visit, name, id).when(!id.isEmpty()),
                        visit.at(OwnerPaths.POLICIES, "name", name, "set", PolicyPages.set(visit)),
                        visit.say("policies.back")));
    }

    private static Html deletion(Visit visit, String name, String id) {
        return visit.form(
                OwnerPaths.POLICY_DELETE,
                Html.of(
                        """
                        <input type="hidden" name="name" value="%s"><input type="hidden" name="set" value="%s">
                        <input type="hidden" name="id" value="%s"><p class="hint">%s</p>
                        <button class="plain danger">%s</button>
                        """,
                        name, PolicyPages.set(visit), id, visit.say("policy.delete-hint"), visit.say("policy.delete")));
    }

    /** What it says, in words and in Cedar, and what it would have decided lately. */
    private static Html ahead(Visit visit, ConnectionPolicies policies, String id, Policy policy) {
        List<Policy> all = new ArrayList<>(policies.list().stream()
                .filter(version -> !version.id().equals(id))
                .flatMap(version -> version.policy().stream())
                .toList());
        all.add(policy);
        Simulation simulation = policies.simulate(all, LOOKED_AT);
        List<Html> rows = simulation.rows().stream()
                .limit(SHOWN)
                .map(row -> Html.of(
                        "<tr><td>%s</td><td>%s</td><td><code>%s</code></td><td>%s</td></tr>",
                        visit.time(row.at()),
                        row.member(),
                        row.tool(),
                        visit.say(row.after().allowed() ? "audit.result.allowed" : "audit.result.denied")))
                .toList();
        List<String> heads = List.of(
                visit.say("audit.when"), visit.say("audit.member"), visit.say("tools.tool"), visit.say("policy.then"));
        return Html.of(
                """
                <section class="card" aria-labelledby="ahead"><h2 id="ahead">%s</h2><p>%s</p><p>%s</p>%s
                <details><summary>%s</summary><pre><code>%s</code></pre></details></section>
                """,
                visit.say("policy.ahead"),
                policy.preview(),
                visit.say(
                        "policy.simulated",
                        simulation.calls(),
                        simulation.before(),
                        simulation.after(),
                        simulation.changed(),
                        simulation.unmatched()),
                rows.isEmpty() ? Html.NOTHING : Pieces.table(visit.say("policy.changed"), heads, rows),
                visit.say("policy.cedar"),
                policy.toCedar());
    }
}
