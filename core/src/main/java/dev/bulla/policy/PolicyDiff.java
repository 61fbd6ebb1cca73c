package dev.bulla.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is different between two versions of a policy. Immutable.
 *
 * @param changes by field, in the order of the form; empty where nothing is
 */
public record PolicyDiff(List<Change> changes) {
    public PolicyDiff {
        changes = List.copyOf(changes);
    }

    /**
     * One field.
     *
     * @param field its name in JSON
     * @param before as JSON
     * @param after as JSON
     */
    public record Change(String field, String before, String after) {}

    /** What changes from one policy to another. */
    public static PolicyDiff between(Policy before, Policy after) {
        List<Change> changes = new ArrayList<>();
        PolicyJson.fields(before).forEach((field, value) -> {
            Object other = PolicyJson.fields(after).get(field);
            if (!Objects.equals(value, other)) {
                changes.add(new Change(field, PolicyJson.text(value), PolicyJson.text(other)));
            }
        });
        return new PolicyDiff(changes);
    }

    /** As lines, those of before with a minus and those of after with a plus. */
    public String text() {
        return lines(change -> "- " + change.field() + ": " + change.before() + "\n+ " + change.field() + ": "
                + change.after() + "\n");
    }

    private String lines(Function<Change, String> line) {
        return changes.stream().map(line).collect(Collectors.joining());
    }
}
