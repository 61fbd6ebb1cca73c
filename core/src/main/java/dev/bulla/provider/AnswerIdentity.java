package dev.bulla.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the token answer itself says whose account it is; its fields are kept with the tokens. Paths have dots.
 *
 * @param subject path of the stable id
 * @param names paths of names to show, the first that is there wins
 * @param attributes plain facts to keep: attribute name to path
 */
public record AnswerIdentity(String subject, List<String> names, Map<String, String> attributes) {
    public AnswerIdentity {
        names = List.copyOf(names);
        attributes = Map.copyOf(attributes);
    }

    List<String> paths() {
        List<String> paths = new ArrayList<>(List.of(subject));
        paths.addAll(names);
        paths.addAll(attributes.values());
        return paths;
    }
}
