package dev.bulla.policy;

import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.ToolSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a policy fits what there is at a connection. */
final class Fitting {
    /** The longest policy, as JSON in characters: in bytes it is less than a store takes. */
    private static final int LONGEST = 256 << 10;

    private final Vocabulary words;
    private final ToolSet tools;
    private final List<Flaw> flaws = new ArrayList<>();

    private Fitting(Vocabulary words) {
        this.words = words;
        this.tools = words.tools();
    }

    static Policy fitted(Policy policy, Vocabulary words) {
        Fitting fitting = new Fitting(words);
        fitting.flaws.addAll(Form.flaws(policy));
        fitting.names(policy);
        List<ResourceCondition> resources = fitting.resources(policy.resources());
        if (!fitting.flaws.isEmpty()) {
            throw new PolicyRefused(fitting.flaws);
        }
        Policy fitted = policy.with(resources);
        if (fitted.toJson().length() > LONGEST) {
            throw new PolicyRefused(List.of(new Flaw("policy", "is longer than " + LONGEST + " characters")));
        }
        return fitted;
    }

    private void names(Policy policy) {
        for (String tool : policy.tools()) {
            if (!tool.equals(Policy.TOKEN) && tools.tool(tool).isEmpty()) {
                flaws.add(new Flaw("tools", "there is no tool '" + tool + "' on this connection"));
            }
        }
    }

    private List<ResourceCondition> resources(List<ResourceCondition> conditions) {
        List<ResourceCondition> fitted = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            fitted.add(resource("resources[" + i + "]", conditions.get(i)));
        }
        return fitted;
    }

    private ResourceCondition resource(String at, ResourceCondition condition) {
        Optional<ResourceKind> kind = tools.kind(condition.kind());
        if (kind.isEmpty()) {
            List<String> kinds = tools.kinds().stream().map(ResourceKind::name).toList();
            flaws.add(new Flaw(
                    at + ".kind",
                    "there is no kind of resource '" + condition.kind() + "' at this service"
                            + (kinds.isEmpty() ? ", nor any other" : "; there are " + String.join(", ", kinds))));
            return condition;
        }
        condition.attributes().keySet().stream()
                .filter(attribute -> !words.knows(condition.kind(), attribute))
                .forEach(attribute -> flaws.add(new Flaw(
                        at + ".attributes", "there is no attribute '" + attribute + "'" + known(condition.kind()))));
        Set<String> ids = new LinkedHashSet<>();
        for (String id : condition.ids()) {
            kind.get()
                    .canonical(id)
                    .ifPresentOrElse(
                            ids::add, () -> flaws.add(new Flaw(at + ".ids", "'" + id + "' is no id of that kind")));
        }
        return new ResourceCondition(condition.kind(), ids, condition.attributes());
    }

    private String known(String kind) {
        Set<String> names = words.attributes().getOrDefault(kind, Set.of());
        return names.isEmpty()
                ? ", nor any other of that kind: name ids"
                : " of that kind; there are " + String.join(", ", new TreeSet<>(names));
    }
}
