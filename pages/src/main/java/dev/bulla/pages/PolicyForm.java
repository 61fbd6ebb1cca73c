package dev.bulla.pages;

import dev.bulla.policy.Effect;
import dev.bulla.policy.Flaw;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyRefused;
import dev.bulla.policy.ResourceCondition;
import dev.bulla.policy.Window;
import dev.bulla.tool.Tier;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A policy as the fields of a form, and back. Immutable. */
final class PolicyForm {
    /** So many kinds of resources can be named in a form; a policy with more is kept as JSON only. */
    static final int RESOURCES = 4;

    private final Map<String, List<String>> fields;
    private final List<Flaw> flaws = new ArrayList<>();

    private PolicyForm(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    static PolicyForm of(Map<String, List<String>> sent) {
        return new PolicyForm(sent);
    }

    /** What stands in the form of a policy that is there. */
    static PolicyForm of(Policy policy, ZoneId zone) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("policy", List.of(policy.name()));
        fields.put("effect", List.of(policy.effect().name()));
        fields.put("tool", List.copyOf(policy.tools()));
        fields.put("tier", policy.tiers().stream().map(Tier::name).toList());
        fields.put("members", List.of(String.join("\n", policy.members())));
        Window window = policy.window().orElse(Window.in(zone));
        fields.put(
                "day",
                window.days().stream()
                        .map(day -> Integer.toString(day.getValue()))
                        .toList());
        fields.put("hoursFrom", List.of(Integer.toString(window.hoursFrom())));
        fields.put("hoursTo", List.of(Integer.toString(window.hoursTo())));
        fields.put(
                "activeFrom",
                List.of(window.activeFrom().map(LocalDate::toString).orElse("")));
        fields.put(
                "activeTo", List.of(window.activeTo().map(LocalDate::toString).orElse("")));
        fields.put("zone", List.of(window.zone().getId()));
        for (int i = 0; i < policy.resources().size(); i++) {
            ResourceCondition condition = policy.resources().get(i);
            fields.put("kind" + i, List.of(condition.kind()));
            fields.put("ids" + i, List.of(String.join("\n", condition.ids())));
            fields.put(
                    "attributes" + i,
                    List.of(condition.attributes().entrySet().stream()
                            .map(entry -> entry.getKey() + " = " + String.join(", ", entry.getValue()))
                            .collect(Collectors.joining("\n"))));
        }
        fields.put("afterDenials", List.of(Integer.toString(policy.afterDenials())));
        fields.put("enabled", policy.enabled() ? List.of("true") : List.of());
        fields.put("denyMessage", List.of(policy.denyMessage()));
        return new PolicyForm(fields);
    }

    String text(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        return values.isEmpty() ? "" : values.get(0).strip();
    }

    boolean has(String name, String value) {
        return fields.getOrDefault(name, List.of()).contains(value);
    }

    /**
     * The policy that these fields describe.
     *
     * @throws PolicyRefused with what can not be read
     */
    Policy policy() {
        Set<Tier> tiers = EnumSet.noneOf(Tier.class);
        Arrays.stream(Tier.values()).filter(tier -> has("tier", tier.name())).forEach(tiers::add);
        Policy policy = new Policy(
                text("policy"),
                text("effect").equals(Effect.FORBID.name()) ? Effect.FORBID : Effect.PERMIT,
                new LinkedHashSet<>(fields.getOrDefault("tool", List.of())),
                tiers,
                lines("members"),
                window(),
                resources(),
                number("afterDenials", 0),
                has("enabled", "true"),
                text("denyMessage"));
        if (!flaws.isEmpty()) {
            throw new PolicyRefused(flaws);
        }
        return policy;
    }

    private Set<String> lines(String name) {
        return text(name)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private int number(String name, int usual) {
        String typed = text(name);
        if (typed.isEmpty()) {
            return usual;
        }
        if (typed.matches("[0-9]{1,6}")) {
            return Integer.parseInt(typed);
        }
        flaws.add(new Flaw(name, "this is no number"));
        return usual;
    }

    private Optional<Window> window() {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        Arrays.stream(DayOfWeek.values())
                .filter(day -> has("day", Integer.toString(day.getValue())))
                .forEach(days::add);
        ZoneId zone = ZoneId.of("UTC");
        try {
            zone = ZoneId.of(text("zone"));
        } catch (DateTimeException e) {
            flaws.add(new Flaw("window.zone", "there is no time zone of this name"));
        }
        Window window = new Window(
                days, number("hoursFrom", 0), number("hoursTo", 23), day("activeFrom"), day("activeTo"), zone);
        return window.isAlways() ? Optional.empty() : Optional.of(window);
    }

    private Optional<LocalDate> day(String name) {
        try {
            return text(name).isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text(name)));
        } catch (DateTimeException e) {
            flaws.add(new Flaw("window." + name, "there is no such day"));
            return Optional.empty();
        }
    }

    private List<ResourceCondition> resources() {
        List<ResourceCondition> conditions = new ArrayList<>();
        for (int i = 0; i < RESOURCES; i++) {
            Set<String> ids = lines("ids" + i);
            String more = text("add" + i);
            if (!more.isEmpty()) {
                ids.add(more);
            }
            String kind = text("kind" + i);
            if (!kind.isEmpty()) {
                conditions.add(new ResourceCondition(kind, ids, attributes(i)));
            } else if (!ids.isEmpty() || !text("attributes" + i).isEmpty()) {
                flaws.add(new Flaw("resources[" + i + "].kind", "choose what it is"));
            }
        }
        return conditions;
    }

    private Map<String, Set<String>> attributes(int row) {
        Map<String, Set<String>> attributes = new LinkedHashMap<>();
        for (String line : lines("attributes" + row)) {
            String[] parts = line.split("=", 2);
            Set<String> values = parts.length < 2
                    ? Set.of()
                    : Arrays.stream(parts[1].split(","))
                            .map(String::strip)
                            .filter(value -> !value.isEmpty())
                            .collect(Collectors.toCollection(LinkedHashSet::new));
            if (values.isEmpty()) {
                flaws.add(new Flaw("resources[" + row + "].attributes", "write name = value, value"));
            } else if (attributes.put(parts[0].strip(), values) != null) {
                flaws.add(
                        new Flaw("resources[" + row + "].attributes", "write each name once, with all of its values"));
            }
        }
        return attributes;
    }
}
