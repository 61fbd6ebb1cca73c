package dev.bulla.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What can be said of a policy's values without knowing the connection. */
final class Form {
    static final int NAME = 100;
    static final int MESSAGE = 500;
    private static final int TEXT = 255;
    private static final int ENTRIES = 1_000;
    private static final int DENIALS = 1_000;

    private final List<Flaw> flaws = new ArrayList<>();

    private Form() {}

    static List<Flaw> flaws(Policy policy) {
        Form form = new Form();
        form.look(policy);
        return form.flaws;
    }

    private void look(Policy policy) {
        if (policy.name().isBlank() || policy.name().length() > NAME || hasControls(policy.name())) {
            add("name", "has 1 to " + NAME + " characters, none of them a control character");
        }
        texts("tools", policy.tools());
        texts("members", policy.members());
        boolean forbid = policy.effect() == Effect.FORBID;
        if (policy.denyMessage().length() > MESSAGE) {
            add("denyMessage", "has at most " + MESSAGE + " characters");
        }
        if (!forbid && !policy.denyMessage().isEmpty()) {
            add("denyMessage", "is for a forbid only");
        }
        if (policy.afterDenials() < 0 || policy.afterDenials() > DENIALS) {
            add("afterDenials", "is 0 to " + DENIALS);
        } else if (!forbid && policy.afterDenials() > 0) {
            add("afterDenials", "is for a forbid only");
        }
        policy.window().ifPresent(this::look);
        if (policy.resources().size() > ENTRIES) {
            add("resources", "has at most " + ENTRIES + " entries");
        }
        for (int i = 0; i < policy.resources().size(); i++) {
            look("resources[" + i + "]", policy.resources().get(i));
        }
    }

    private void look(Window window) {
        hour("window.hoursFrom", window.hoursFrom());
        hour("window.hoursTo", window.hoursTo());
        if (window.activeFrom().isPresent()
                && window.activeTo().isPresent()
                && window.activeTo().get().isBefore(window.activeFrom().get())) {
            add("window.activeTo", "is before the first day");
        }
    }

    private void hour(String field, int hour) {
        if (hour < 0 || hour > Window.LAST_HOUR) {
            add(field, "is 0 to " + Window.LAST_HOUR);
        }
    }

    private void look(String field, ResourceCondition condition) {
        text(field + ".kind", condition.kind());
        texts(field + ".ids", condition.ids());
        texts(field + ".attributes", condition.attributes().keySet());
        for (Map.Entry<String, ? extends Collection<String>> wanted :
                condition.attributes().entrySet()) {
            String at = field + ".attributes." + wanted.getKey();
            if (wanted.getValue().isEmpty()) {
                add(at, "needs at least one value");
            }
            texts(at, wanted.getValue());
        }
    }

    private void texts(String field, Collection<String> values) {
        if (values.size() > ENTRIES) {
            add(field, "has at most " + ENTRIES + " entries");
        }
        if (values.stream().anyMatch(Form::isUnfit)) {
            add(field, "has an entry that is empty, too long, or with control characters");
        }
    }

    private void text(String field, String value) {
        if (isUnfit(value)) {
            add(field, "is empty, too long, or has control characters");
        }
    }

    private static boolean isUnfit(String value) {
        return value.isEmpty() || value.length() > TEXT || hasControls(value);
    }

    private static boolean hasControls(String value) {
        return value.codePoints()
                .anyMatch(c ->
                        Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    private void add(String field, String message) {
        flaws.add(new Flaw(field, message));
    }
}
