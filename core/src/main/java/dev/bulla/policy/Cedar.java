package dev.bulla.policy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prints a policy in the Cedar policy language. Cedar leaves out a policy that asks for an attribute which is not there; so a permit just
 * asks, and a forbid asks whether it is there first: where it is not, the forbid applies.
 */
final class Cedar {
    private final Policy policy;
    private final boolean permit;
    private final List<String> conditions = new ArrayList<>();

    private Cedar(Policy policy) {
        this.policy = policy;
        this.permit = policy.effect() == Effect.PERMIT;
    }

    static String of(Policy policy) {
        return new Cedar(policy).print();
    }

    private String print() {
        StringBuilder out = new StringBuilder();
        out.append("@name(").append(quoted(policy.name())).append(")\n");
        if (!policy.denyMessage().isEmpty()) {
            out.append("@denyMessage(").append(quoted(policy.denyMessage())).append(")\n");
        }
        out.append(permit ? "permit" : "forbid")
                .append(" (principal, ")
                .append(action())
                .append(", resource)");
        if (!policy.enabled()) {
            conditions.add("false");
        }
        if (permit && policy.isAboutEverything()) {
            conditions.add("action != " + action(Policy.TOKEN));
        }
        if (!policy.members().isEmpty()) {
            conditions.add(set(policy.members()) + ".contains(context.member)");
        }
        policy.window().filter(window -> !window.isAlways()).ifPresent(window -> conditions.add(window(window)));
        if (!policy.resources().isEmpty()) {
            conditions.add(
                    policy.resources().stream().map(this::resource).collect(Collectors.joining(" || ", "(", ")")));
        }
        if (policy.afterDenials() > 0) {
            conditions.add("context.denials >= " + policy.afterDenials());
        }
        if (!conditions.isEmpty()) {
            out.append("\nwhen {\n    ")
                    .append(String.join(" &&\n    ", conditions))
                    .append("\n}");
        }
        return out.append(";\n").toString();
    }

    private String action() {
        if (policy.isAboutEverything()) {
            return "action";
        }
        List<String> actions = new ArrayList<>();
        policy.tiers().forEach(tier -> actions.add(action("tier:" + tier.name().toLowerCase(Locale.ROOT))));
        policy.tools().forEach(tool -> actions.add(action(tool)));
        boolean some = policy.tools().stream().anyMatch(tool -> !tool.equals(Policy.TOKEN));
        if (!permit && some) {
            actions.add(action("tool:unclear"));
        }
        return "action in [" + String.join(", ", actions) + "]";
    }

    private static String action(String name) {
        return "Action::" + quoted(name);
    }

    private String resource(ResourceCondition condition) {
        List<String> all = new ArrayList<>();
        all.add("resource.kind == " + quoted(condition.kind()));
        if (!condition.ids().isEmpty()) {
            all.add(set(condition.ids()) + ".contains(resource.id)");
        }
        for (Map.Entry<String, Set<String>> wanted : condition.attributes().entrySet()) {
            String name = quoted(wanted.getKey());
            String holds = "resource.about[" + name + "].containsAny(" + set(wanted.getValue()) + ")";
            all.add(
                    permit
                            ? "resource.about has " + name + " && " + holds
                            : "(!(resource.about has " + name + ") || " + holds + ")");
        }
        String known = String.join(" && ", all);
        return permit ? "(resource has kind && " + known + ")" : "(!(resource has kind) || (" + known + "))";
    }

    /** The clock of a zone shows day (0 is Sunday), hour and date, counted in days, and what it was the day before. */
    private static String window(Window window) {
        String clock = "context.clock[" + quoted(window.zone().getId()) + "]";
        if (!window.isOverMidnight()) {
            List<String> all = new ArrayList<>();
            if (!window.hasAllHours()) {
                all.add(clock + ".hour >= " + window.hoursFrom());
                all.add(clock + ".hour <= " + window.hoursTo());
            }
            all.addAll(days(window, clock, ""));
            return "(" + String.join(" && ", all) + ")";
        }
        List<String> evening = new ArrayList<>(List.of(clock + ".hour >= " + window.hoursFrom()));
        evening.addAll(days(window, clock, ""));
        List<String> morning = new ArrayList<>(List.of(clock + ".hour <= " + window.hoursTo()));
        morning.addAll(days(window, clock, "Before"));
        return "((" + String.join(" && ", evening) + ") || (" + String.join(" && ", morning) + "))";
    }

    private static List<String> days(Window window, String clock, String before) {
        List<String> all = new ArrayList<>();
        if (!window.hasAllDays()) {
            all.add(window.days().stream()
                            .map(Cedar::number)
                            .sorted()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ", "[", "]"))
                    + ".contains(" + clock + ".day" + before + ")");
        }
        String date = clock + ".date" + before;
        window.activeFrom().map(LocalDate::toEpochDay).ifPresent(day -> all.add(date + " >= " + day));
        window.activeTo().map(LocalDate::toEpochDay).ifPresent(day -> all.add(date + " <= " + day));
        return all;
    }

    private static int number(DayOfWeek day) {
        return PolicyJson.number(day);
    }

    private static String set(Collection<String> values) {
        return values.stream().map(Cedar::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Everything but plain ASCII is written by its number. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (c >= ' ' && c < 0x7f) {
                out.appendCodePoint(c);
            } else {
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return out.append('"').toString();
    }
}
