package dev.bulla.pages;

import dev.bulla.ConnectionPolicies;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyDiff;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.web.WebResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The versions of a policy: what was different, and the way back. */
final class PolicyVersions {
    private PolicyVersions() {}

    /** Policies that were deleted can be looked at, and brought back. */
    static Html gone(Visit visit, String name, ConnectionPolicies policies, List<PolicyVersion> present) {
        Set<String> there = present.stream().map(PolicyVersion::id).collect(Collectors.toSet());
        List<PolicyVersion> history = policies.history();
        List<Html> links = history.stream()
                .filter(version -> version.state() == PolicyVersion.State.DELETED && !there.contains(version.id()))
                .map(version -> Html.of(
                        "<li><a href=\"%s\">%s</a> %s</li>",
                        visit.at(OwnerPaths.POLICY_VERSIONS, "name", name, "set", version.set(), "id", version.id()),
                        former(history, version),
                        visit.time(version.at())))
                .toList();
        return Html.of("<details><summary>%s</summary><ul>%s</ul></details>", visit.say("policies.deleted"), links)
                .when(!links.isEmpty());
    }

    private static String former(List<PolicyVersion> history, PolicyVersion deleted) {
        return history.stream()
                .filter(version -> version.id().equals(deleted.id()))
                .flatMap(version -> version.policy().stream())
                .map(Policy::name)
                .findFirst()
                .orElse(deleted.id());
    }

    static WebResponse list(Visit visit) {
        String name = visit.parameter("name");
        String id = visit.parameter("id");
        List<PolicyVersion> versions = PolicyPages.policies(visit, name).versions(id);
        if (versions.isEmpty()) {
            return Pieces.notFound(visit);
        }
        List<Html> cards = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            Optional<PolicyVersion> former =
                    i + 1 < versions.size() ? Optional.of(versions.get(i + 1)) : Optional.empty();
            cards.add(version(visit, name, versions.get(i), former, i == 0));
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
                        visit.at(OwnerPaths.POLICIES, "name", name, "set", PolicyPages.set(visit)),
                        visit.say("policies.back")));
    }

    private static Html version(
            Visit visit, String name, PolicyVersion version, Optional<PolicyVersion> former, boolean newest) {
        String diff = former.flatMap(PolicyVersion::policy)
                .flatMap(before -> version.policy()
                        .map(after -> PolicyDiff.between(before, after).text()))
                .orElse("");
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
                                PolicyPages.hidden(
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
        PolicyPages.policies(visit, name).rollBack(Pieces.sent(visit, "id"), Long.parseLong(version));
        return visit.go(OwnerPaths.POLICIES, "name", name, "set", PolicyPages.set(visit), "done", "saved");
    }
}
