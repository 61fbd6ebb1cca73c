package dev.bulla.pages;

import dev.bulla.ConnectionPolicies;
import dev.bulla.policy.Effect;
import dev.bulla.policy.Finding;
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

/** What members may do through a connection: its policies, each with its form, a look ahead, and its versions. */
final class PolicyPages {
    private static final Duration LOOKED_AT = Duration.ofHours(24);
    private static final int SHOWN = 20;

    private PolicyPages() {}

    private static ConnectionPolicies policies(Visit visit, String name) {
        return visit.connections().policies(name).forSet(set(visit));
    }

    /** Which set: from the address or from the form. */
    private static String set(Visit visit) {
        return visit.request().method().equals("GET") ? visit.parameter("set") : Pieces.sent(visit, "set");
    }

    static WebResponse list(Visit visit) {
        String name = visit.parameter("name");
        visit.connections().get(name);
        ConnectionPolicies policies = policies(visit, name);
        List<Html> cards = policies.list().stream()
                .map(version -> card(visit, name, version))
                .toList();
        return visit.page(
                visit.say("policies.title", name),
                Html.of(
                        """
                        %s<p>%s</p>%s%s%s<p><a class="button" href="%s">%s</a></p>%s<p><a href="%s">%s</a></p>
                        """,
                        OwnerWords.done(visit),
                        visit.say("policies.what"),
                        sets(visit, name, policies),
                        findings(visit, policies.lint()),
                        cards.isEmpty()
                                ? Html.of("<p class=\"warn\">%s</p>", visit.say("policies.none"))
                                : Html.of("<ul class=\"services\">%s</ul>", cards),
                        visit.at(OwnerPaths.POLICY, "name", name, "set", set(visit)),
                        visit.say("policies.new"),
                        gone(visit, name, policies),
                        visit.at(OwnerPaths.CONNECTION, "name", name),
                        visit.say("connection.back")));
    }

    /** Links to the sets of single members, where a host has such. */
    private static Html sets(Visit visit, String name, ConnectionPolicies policies) {
        List<String> sets = policies.sets();
        List<Html> links = sets.stream()
                .map(set -> Html.of(
                        "<li><a href=\"%s\"%s>%s</a></li>",
                        visit.at(OwnerPaths.POLICIES, "name", name, "set", set),
                        Html.of(" aria-current=\"page\"").when(set.equals(set(visit))),
                        set.isEmpty() ? visit.say("policies.shared") : set))
                .toList();
        return Html.of("<nav aria-label=\"%s\"><ul>%s</ul></nav>", visit.say("policies.sets"), links)
                .when(sets.stream().anyMatch(set -> !set.isEmpty()));
    }

    private static Html findings(Visit visit, List<Finding> findings) {
        return Html.of(
                        "<section class=\"warn\" aria-labelledby=\"lint\"><h2 id=\"lint\">%s</h2><ul>%s</ul></section>",
                        visit.say("policies.lint"),
                        findings.stream()
                                .map(finding -> Html.of(
                                        "<li>%s%s</li>",
                                        Html.of("<strong>%s</strong>: ", finding.policy())
                                                .when(!finding.policy().isEmpty()),
                                        finding.message()))
                                .toList())
                .when(!findings.isEmpty());
    }

    private static Html card(Visit visit, String name, PolicyVersion version) {
        String title = version.policy().map(Policy::name).orElse(version.id());
        boolean on = version.policy().map(Policy::enabled).orElse(false);
        return Html.of(
                """
                <li class="card"><h3>%s %s</h3><p>%s</p><p class="quiet">%s</p><div class="bar">%s%s
                <a href="%s">%s</a></div></li>
                """,
                title,
                chip(visit, version, on),
                version.policy().map(Policy::preview).orElse(visit.say("policies.unreadable")),
                Html.of(
                        "%s, %s",
                        visit.say("policies.by", version.version(), version.author()), visit.time(version.at())),
                Html.of(
                        "<a class=\"button plain\" href=\"%s\">%s</a>",
                        visit.at(OwnerPaths.POLICY, "name", name, "set", version.set(), "id", version.id()),
                        Words.named(visit, "policies.edit", title)),
                visit.form(
                                OwnerPaths.POLICY_SWITCH,
                                hidden(
                                        name,
                                        version,
                                        Html.of(
                                                "<button class=\"plain\" name=\"to\" value=\"%s\">%s</button>",
                                                on ? "off" : "on",
                                                Words.named(visit, on ? "policies.off" : "policies.on", title))))
                        .when(version.policy().isPresent()),
                visit.at(OwnerPaths.POLICY_VERSIONS, "name", name, "set", version.set(), "id", version.id()),
                Words.named(visit, "policies.versions", title));
    }

    private static Html chip(Visit visit, PolicyVersion version, boolean on) {
        boolean forbids = version.policy()
                .filter(policy -> policy.effect() == Effect.FORBID)
                .isPresent();
        return Html.of(
                "<span class=\"chip %s\">%s</span>%s",
                forbids ? "bad" : "good",
                visit.say("policy.effect." + (forbids ? Effect.FORBID : Effect.PERMIT).name()),
                Html.of(" <span class=\"chip quiet\">%s</span>", visit.say("policies.is-off"))
                        .when(!on));
    }

    private static Html hidden(String name, PolicyVersion version, Html more) {
        return Html.of("""
                <input type="hidden" name="name" value="%s"><input type="hidden" name="set" value="%s">
                <input type="hidden" name="id" value="%s">%s
                """, name, version.set(), version.id(), more);
    }

    /** Policies that were deleted can be looked at, and brought back. */
    private static Html gone(Visit visit, String name, ConnectionPolicies policies) {
        List<String> there = policies.list().stream().map(PolicyVersion::id).toList();
        List<Html> links = policies.history().stream()
                .filter(version -> version.state() == PolicyVersion.State.DELETED && !there.contains(version.id()))
                .map(version -> Html.of(
                        "<li><a href=\"%s\">%s</a> %s</li>",
                        visit.at(OwnerPaths.POLICY_VERSIONS, "name", name, "set", version.set(), "id", version.id()),
                        former(policies, version),
                        visit.time(version.at())))
                .toList();
        return Html.of("<details><summary>%s</summary><ul>%s</ul></details>", visit.say("policies.deleted"), links)
                .when(!links.isEmpty());
    }

    private static String former(ConnectionPolicies policies, PolicyVersion deleted) {
        return policies.versions(deleted.id()).stream()
                .flatMap(version -> version.policy().stream())
                .map(Policy::name)
                .findFirst()
                .orElse(deleted.id());
    }

    private static Optional<PolicyVersion> current(ConnectionPolicies policies, String id) {
        return policies.list().stream()
                .filter(version -> version.id().equals(id))
                .findFirst();
    }

    static WebResponse edit(Visit visit) {
        String name = visit.parameter("name");
        String id = visit.parameter("id");
        Optional<PolicyVersion> there = current(policies(visit, name), id);
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
                        visit.at(OwnerPaths.POLICIES, "name", name, "set", set(visit)),
                        visit.say("policies.back")));
    }

    /** Saves, or looks ahead. */
    static WebResponse save(Visit visit) {
        String name = Pieces.sent(visit, "name");
        String id = Pieces.sent(visit, "id");
        String seen = visit.field("version");
        long version = seen.matches("[0-9]{1,18}") ? Long.parseLong(seen) : 0;
        PolicyForm form = PolicyForm.of(visit.request().form());
        ConnectionPolicies policies = policies(visit, name);
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
        return visit.go(OwnerPaths.POLICIES, "name", name, "set", set(visit), "done", "saved");
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
                                        set(visit),
                                        id,
                                        Long.toString(version),
                                        new PolicySheet(visit, name, form).markup())),
                        deletion(visit, name, id).when(!id.isEmpty()),
                        visit.at(OwnerPaths.POLICIES, "name", name, "set", set(visit)),
                        visit.say("policies.back")));
    }

    private static Html deletion(Visit visit, String name, String id) {
        return visit.form(
                OwnerPaths.POLICY_DELETE,
                Html.of("""
                        <input type="hidden" name="name" value="%s"><input type="hidden" name="set" value="%s">
                        <input type="hidden" name="id" value="%s"><p class="hint">%s</p>
                        <button class="plain danger">%s</button>
                        """, name, set(visit), id, visit.say("policy.delete-hint"), visit.say("policy.delete")));
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

    static WebResponse enable(Visit visit) {
        String name = Pieces.sent(visit, "name");
        String id = Pieces.sent(visit, "id");
        if (visit.field("to").equals("on")) {
            policies(visit, name).enable(id);
        } else {
            policies(visit, name).disable(id);
        }
        return visit.go(OwnerPaths.POLICIES, "name", name, "set", set(visit), "done", "saved");
    }

    static WebResponse delete(Visit visit) {
        String name = Pieces.sent(visit, "name");
        policies(visit, name).delete(Pieces.sent(visit, "id"));
        return visit.go(OwnerPaths.POLICIES, "name", name, "set", set(visit), "done", "saved");
    }

    static WebResponse versions(Visit visit) {
        String name = visit.parameter("name");
        String id = visit.parameter("id");
        ConnectionPolicies policies = policies(visit, name);
        List<PolicyVersion> versions = policies.versions(id);
        if (versions.isEmpty()) {
            return Pieces.notFound(visit);
        }
        List<Html> cards = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            Optional<PolicyVersion> former =
                    i + 1 < versions.size() ? Optional.of(versions.get(i + 1)) : Optional.empty();
            cards.add(version(visit, name, policies, versions.get(i), former, i == 0));
        }
        return visit.page(
                visit.say(
                        "policy.versions",
                        versions.stream()
                                .flatMap(version -> version.policy().stream())
                                .map(Policy::name)
                                .findFirst()
                                .orElse(id)),
                Html.of(
                        "<ul class=\"services\">%s</ul><p><a href=\"%s\">%s</a></p>",
                        cards,
                        visit.at(OwnerPaths.POLICIES, "name", name, "set", set(visit)),
                        visit.say("policies.back")));
    }

    private static Html version(
            Visit visit,
            String name,
            ConnectionPolicies policies,
            PolicyVersion version,
            Optional<PolicyVersion> former,
            boolean newest) {
        String diff = version.policy().isPresent()
                        && former.flatMap(PolicyVersion::policy).isPresent()
                ? policies.diff(version.id(), former.get().version(), version.version())
                        .text()
                : "";
        return Html.of(
                """
                <li class="card"><h3>%s</h3><p class="quiet">%s, %s</p><p>%s</p>%s%s</li>
                """,
                visit.say("policy.version", version.version()),
                version.author(),
                visit.time(version.at()),
                version.policy()
                        .map(Policy::preview)
                        .orElseGet(() ->
                                visit.say("policy.state." + version.state().name())),
                Html.of("<pre><code>%s</code></pre>", diff).when(!diff.isEmpty()),
                visit.form(
                                OwnerPaths.POLICY_BACK,
                                hidden(
                                        name,
                                        version,
                                        Html.of(
                                                """
                                                <input type="hidden" name="version" value="%s"><button class="plain">%s</button>
                                                """,
                                                Long.toString(version.version()),
                                                visit.say("policy.roll-back", version.version()))))
                        .when(!newest && version.policy().isPresent()));
    }

    static WebResponse rollBack(Visit visit) {
        String name = Pieces.sent(visit, "name");
        String version = visit.field("version");
        if (!version.matches("[0-9]{1,18}")) {
            return Pieces.notFound(visit);
        }
        policies(visit, name).rollBack(Pieces.sent(visit, "id"), Long.parseLong(version));
        return visit.go(OwnerPaths.POLICIES, "name", name, "set", set(visit), "done", "saved");
    }
}
