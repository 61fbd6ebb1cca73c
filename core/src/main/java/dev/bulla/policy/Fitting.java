package dev.bulla.policy;

import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.ToolSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a policy fits what there is at a connection. */
final class Fitting {
    private final ToolSet tools;
    private final List<Flaw> flaws = new ArrayList<>();

    private Fitting(ToolSet tools) {
        this.tools = tools;
    }

    static Policy fitted(Policy policy, ToolSet tools) {
        Fitting fitting = new Fitting(tools);
        fitting.flaws.addAll(Form.flaws(policy));
        fitting.names(policy);
        List<ResourceCondition> resources = fitting.resources(policy.resources());
        if (!fitting.flaws.isEmpty()) {
            throw new PolicyRefused(fitting.flaws);
        }
        return policy.with(resources);
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
            flaws.add(
                    new Flaw(at + ".kind", "there is no kind of resource '" + condition.kind() + "' at this service"));
            return condition;
        }
        Set<String> ids = new LinkedHashSet<>();
        for (String id : condition.ids()) {
            kind.get()
                    .canonical(id)
                    .ifPresentOrElse(
                            ids::add, () -> flaws.add(new Flaw(at + ".ids", "'" + id + "' is no id of that kind")));
        }
        return new ResourceCondition(condition.kind(), ids, condition.attributes());
    }
}
