package dev.bulla.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route, what counts for its limits, and who answers it.
 *
 * @param action what a request of it counts as
 */
record Endpoint(Route route, Limits.Action action, Answer answer) {
    /** Answers one request. */
    interface Answer {
        WebResponse to(Call call);
    }

    static Endpoint member(String method, String path, Limits.Action action, Answer answer) {
        return new Endpoint(new Route(method, path, false), action, answer);
    }

    static Endpoint member(String method, String path, Answer answer) {
        return member(method, path, Limits.Action.OTHER, answer);
    }

    static Endpoint owner(String method, String path, Answer answer) {
        return new Endpoint(new Route(method, "owner/" + path, true), Limits.Action.OTHER, answer);
    }

    /** The variable parts of a path; empty where it is another one. */
    Optional<Map<String, String>> match(List<String> path) {
        List<String> template = route.segments();
        if (template.size() != path.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String part = template.get(i);
            if (part.startsWith("{") && !path.get(i).isEmpty()) {
                variables.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
