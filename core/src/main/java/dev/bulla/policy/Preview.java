package dev.bulla.policy;

import dev.bulla.tool.Tier;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A policy in plain words. */
final class Preview {
    private Preview() {}

    static String of(Policy policy) {
        StringBuilder out = new StringBuilder();
        if (!policy.enabled()) {
            out.append("Switched off, it would say: ");
        }
        out.append(who(policy));
        out.append(policy.effect() == Effect.PERMIT ? " may " : " may not ");
        out.append(what(policy));
        if (!policy.resources().isEmpty()) {
            out.append(", where that touches ")
                    .append(policy.resources().stream().map(Preview::resource).collect(Collectors.joining(", or ")));
        }
        policy.window()
                .filter(window -> !window.isAlways())
                .ifPresent(window -> out.append(", ").append(when(window)));
        if (policy.afterDenials() > 0) {
            out.append(", once ")
                    .append(policy.afterDenials())
                    .append(policy.afterDenials() == 1 ? " call was" : " calls were")
                    .append(" denied in the session");
        }
        out.append('.');
        if (policy.effect() == Effect.FORBID) {
            out.append(" That holds whatever else permits it.");
            if (!policy.denyMessage().isEmpty()) {
                out.append(" They are told: \"").append(policy.denyMessage()).append('"');
            }
        }
        return out.toString();
    }

    private static String who(Policy policy) {
        return policy.members().isEmpty() ? "All members" : list(policy.members(), "and");
    }

    private static String what(Policy policy) {
        if (policy.isAboutEverything()) {
            return policy.effect() == Effect.PERMIT ? "do everything but take tokens" : "do anything, nor take tokens";
        }
        String between = policy.effect() == Effect.PERMIT ? "and" : "or";
        List<String> parts = new ArrayList<>();
        policy.tiers().forEach(tier -> parts.add(tier(tier)));
        List<String> tools = policy.tools().stream()
                .filter(tool -> !tool.equals(Policy.TOKEN))
                .toList();
        if (!tools.isEmpty()) {
            parts.add("use " + list(tools, between));
        }
        if (policy.tools().contains(Policy.TOKEN)) {
            parts.add("take tokens");
        }
        return list(parts, between);
    }

    private static String tier(Tier tier) {
        return switch (tier) {
            case READ -> "read";
            case WRITE -> "change";
            case DESTRUCTIVE -> "delete";
        };
    }

    private static String resource(ResourceCondition condition) {
        StringBuilder out = new StringBuilder();
        out.append(
                condition.ids().isEmpty()
                        ? "any " + condition.kind()
                        : condition.kind() + " " + list(condition.ids(), "or"));
        condition
                .attributes()
                .forEach((name, values) ->
                        out.append(" whose ").append(name).append(" is ").append(list(values, "or")));
        return out.toString();
    }

    private static String when(Window window) {
        List<String> parts = new ArrayList<>();
        if (!window.hasAllDays()) {
            parts.add("on " + list(window.days().stream().map(Preview::day).toList(), "and"));
        }
        if (!window.hasAllHours()) {
            String hours = String.format(Locale.ROOT, "from %02d:00 to %02d:59", window.hoursFrom(), window.hoursTo());
            parts.add(window.isOverMidnight() ? hours + " of the next morning" : hours);
        }
        window.activeFrom().ifPresent(first -> parts.add("from " + first));
        window.activeTo().ifPresent(last -> parts.add("until the end of " + last));
        return String.join(" ", parts) + " by the clocks of " + window.zone().getId();
    }

    private static String day(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH) + "s";
    }

    private static String list(Collection<String> words, String last) {
        List<String> all = List.copyOf(words);
        return all.size() < 2
                ? String.join("", all)
                : String.join(", ", all.subList(0, all.size() - 1)) + " " + last + " " + all.get(all.size() - 1);
    }
}
