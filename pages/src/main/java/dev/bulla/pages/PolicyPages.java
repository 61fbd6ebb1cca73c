package dev.bulla.pages;

import dev.bulla.ConnectionPolicies;
import dev.bulla.policy.Effect;
import dev.bulla.policy.Finding;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.web.WebResponse;
import java.util.List;

/** What members may do through a connection: its policies. */
final class PolicyPages {
    private PolicyPages() {}

    static ConnectionPolicies policies(Visit visit, String name) {
        return visit.connections().policies(name).forSet(set(visit));
    }

    /** Which set: from the address or from the form. */
    static String set(Visit visit) {
        return visit.request().method().equals("GET") ? visit.parameter("set") : Pieces.sent(visit, "set");
    }

    static WebResponse list(Visit visit) {
        String name = visit.parameter("name");
        visit.connections().get(name);
        ConnectionPolicies policies = policies(visit, name);
        List<PolicyVersion> there = policies.list();
        List<Html> cards =
                there.stream().map(version -> card(visit, name, version)).toList();
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
                        PolicyVersions.gone(visit, name, policies, there),
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

    static Html hidden(String name, PolicyVersion version, Html more) {
        return Html.of("""
                <input type="hidden" name="name" value="%s"><input type="hidden" name="set" value="%s">
                <input type="hidden" name="id" value="%s">%s
                """, name, version.set(), version.id(), more);
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
}
