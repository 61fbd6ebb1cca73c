package dev.bulla.policy;

import dev.bulla.json.JsonRefused;
import dev.bulla.json.JsonTree;
import dev.bulla.tool.Tier;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A policy as JSON, and back. What is not known is refused, never passed over: who leaves out a condition widens a policy. Days are
 * numbers, 0 for Sunday.
 */
final class PolicyJson {
    private static final JsonTree READER = JsonTree.within(8, 4 << 10);
    private static final Set<String> FIELDS = Set.of(
            "name",
            "effect",
            "tools",
            "tiers",
            "members",
            "window",
            "resources",
            "afterDenials",
            "enabled",
            "denyMessage");
    private static final Set<String> WINDOW = Set.of("days", "hoursFrom", "hoursTo", "activeFrom", "activeTo", "zone");
    private static final Set<String> NULLABLE = Set.of("window", "activeFrom", "activeTo");
    private static final Set<String> RESOURCE = Set.of("kind", "ids", "attributes");

    private final List<Flaw> flaws = new ArrayList<>();
    private final boolean whole;

    private PolicyJson(boolean whole) {
        this.whole = whole;
    }

    static String write(Policy policy) {
        return JsonTree.write(fields(policy));
    }

    /** A value of {@link #fields} as JSON. */
    static String text(@Nullable Object value) {
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            return JsonTree.write(value);
        }
        String list = JsonTree.write(java.util.Collections.singletonList(value));
        return list.substring(1, list.length() - 1);
    }

    /** Every field as it stands in JSON. */
    static Map<String, Object> fields(Policy policy) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", policy.name());
        out.put("effect", word(policy.effect()));
        out.put("tools", List.copyOf(policy.tools()));
        out.put("tiers", policy.tiers().stream().map(PolicyJson::word).toList());
        out.put("members", List.copyOf(policy.members()));
        put(out, "window", policy.window().map(PolicyJson::write).orElse(null));
        out.put("resources", policy.resources().stream().map(PolicyJson::write).toList());
        out.put("afterDenials", policy.afterDenials());
        out.put("enabled", policy.enabled());
        out.put("denyMessage", policy.denyMessage());
        return out;
    }

    private static Map<String, Object> write(Window window) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("days", window.days().stream().map(PolicyJson::number).sorted().toList());
        out.put("hoursFrom", window.hoursFrom());
        out.put("hoursTo", window.hoursTo());
        put(out, "activeFrom", window.activeFrom().map(LocalDate::toString).orElse(null));
        put(out, "activeTo", window.activeTo().map(LocalDate::toString).orElse(null));
        out.put("zone", window.zone().getId());
        return out;
    }

    private static Map<String, Object> write(ResourceCondition condition) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        condition.attributes().forEach((name, values) -> attributes.put(name, List.copyOf(values)));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("kind", condition.kind());
        out.put("ids", List.copyOf(condition.ids()));
        out.put("attributes", attributes);
        return out;
    }

    @SuppressWarnings("NullAway") // null stands for "none" in JSON
    private static void put(Map<String, Object> out, String name, @Nullable Object value) {
        out.put(name, value);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static int number(DayOfWeek day) {
        return day.getValue() % 7;
    }

    /**
     * What an owner or host wrote: what is left out has its usual value.
     *
     * @throws PolicyRefused with all that is wrong
     */
    static Policy read(String json) {
        PolicyJson reader = new PolicyJson(false);
        Optional<Policy> policy = reader.parse(json);
        if (policy.isEmpty() || !reader.flaws.isEmpty()) {
            throw new PolicyRefused(reader.flaws);
        }
        return policy.get();
    }

    /** What {@link #write} wrote, whole and sound; empty for everything else. */
    static Optional<Policy> readStored(String json) {
        PolicyJson reader = new PolicyJson(true);
        Optional<Policy> policy = reader.parse(json);
        return reader.flaws.isEmpty() ? policy.filter(read -> Form.flaws(read).isEmpty()) : Optional.empty();
    }

    private Optional<Policy> parse(String json) {
        Map<String, Object> tree;
        try {
            tree = READER.object(json);
        } catch (JsonRefused e) {
            flaws.add(new Flaw("policy", "is not the JSON object that is expected"));
            return Optional.empty();
        }
        Part part = new Part("", tree, FIELDS);
        Optional<Effect> effect = Optional.ofNullable(part.word("effect", PolicyJson::effect));
        if (effect.isEmpty() && tree.get("effect") == null) {
            flaws.add(new Flaw("effect", "is permit or forbid"));
        }
        Policy policy = new Policy(
                part.text("name", ""),
                effect.orElse(Effect.FORBID),
                part.texts("tools"),
                part.words("tiers"),
                part.texts("members"),
                part.object("window").map(this::window),
                part.objects("resources").stream().map(this::resource).toList(),
                part.number("afterDenials", 0),
                part.flag("enabled", true),
                part.text("denyMessage", ""));
        return Optional.of(policy);
    }

    private Window window(Part part) {
        part.only(WINDOW);
        ZoneId zone = part.word("zone", ZoneId::of);
        if (zone == null && part.fields.get("zone") == null) {
            flaws.add(new Flaw("window.zone", "is needed"));
        }
        return new Window(
                part.days("days"),
                part.number("hoursFrom", 0),
                part.number("hoursTo", Window.LAST_HOUR),
                Optional.ofNullable(part.word("activeFrom", LocalDate::parse)),
                Optional.ofNullable(part.word("activeTo", LocalDate::parse)),
                zone == null ? ZoneId.of("UTC") : zone);
    }

    private ResourceCondition resource(Part part) {
        part.only(RESOURCE);
        Map<String, Set<String>> attributes = new LinkedHashMap<>();
        part.object("attributes")
                .ifPresent(all -> all.fields.keySet().forEach(name -> attributes.put(name, all.texts(name))));
        return new ResourceCondition(part.text("kind", ""), part.texts("ids"), attributes);
    }

    private static Effect effect(String word) {
        return switch (word) {
            case "permit" -> Effect.PERMIT;
            case "forbid" -> Effect.FORBID;
            default -> throw new DateTimeException("no effect");
        };
    }

    private static Optional<Tier> tier(String word) {
        return java.util.Arrays.stream(Tier.values())
                .filter(tier -> word(tier).equals(word))
                .findFirst();
    }

    /** One object of the document; whatever is wrong in it is noted, and read as what is usual. */
    private final class Part {
        private final String at;
        private final Map<String, Object> fields;

        Part(String at, Map<String, Object> fields, Set<String> known) {
            this(at, fields);
            only(known);
        }

        private Part(String at, Map<String, Object> fields) {
            this.at = at;
            this.fields = fields;
        }

        void only(Set<String> known) {
            fields.keySet().stream().filter(name -> !known.contains(name)).forEach(name -> wrong(name, "is not known"));
            if (whole) {
                known.stream().filter(name -> !fields.containsKey(name)).forEach(name -> wrong(name, "is missing"));
            }
        }

        private void wrong(String name, String message) {
            flaws.add(new Flaw(at + name, message));
        }

        private <T> @Nullable T kind(String name, Class<T> type, String expected) {
            Object value = fields.get(name);
            if (type.isInstance(value)) {
                return type.cast(value);
            }
            boolean none = value == null && (!whole || !fields.containsKey(name) || NULLABLE.contains(name));
            if (!none) {
                wrong(name, "is " + expected);
            }
            return null;
        }

        String text(String name, String usual) {
            String text = kind(name, String.class, "a text");
            return text == null ? usual : text;
        }

        boolean flag(String name, boolean usual) {
            Boolean flag = kind(name, Boolean.class, "true or false");
            return flag == null ? usual : flag;
        }

        int number(String name, int usual) {
            BigDecimal number = kind(name, BigDecimal.class, "a whole number");
            return number == null ? usual : whole(name, number, usual);
        }

        private int whole(String name, BigDecimal number, int usual) {
            try {
                return number.intValueExact();
            } catch (ArithmeticException e) {
                wrong(name, "is a whole number");
                return usual;
            }
        }

        <T> @Nullable T word(String name, Function<String, T> read) {
            String text = kind(name, String.class, "a text");
            if (text == null) {
                return null;
            }
            try {
                return read.apply(text);
            } catch (DateTimeException e) {
                wrong(name, "is not known");
                return null;
            }
        }

        private List<?> list(String name) {
            List<?> list = kind(name, List.class, "a list");
            return list == null ? List.of() : list;
        }

        Set<String> texts(String name) {
            List<?> list = list(name);
            if (!list.stream().allMatch(String.class::isInstance)) {
                wrong(name, "is a list of texts");
                return Set.of();
            }
            return list.stream().map(String.class::cast).collect(Collectors.toCollection(TreeSet::new));
        }

        Set<Tier> words(String name) {
            Set<Tier> tiers = new LinkedHashSet<>();
            for (String word : texts(name)) {
                tier(word).ifPresentOrElse(tiers::add, () -> wrong(name, "is of read, write and destructive"));
            }
            return tiers;
        }

        Set<DayOfWeek> days(String name) {
            Set<DayOfWeek> days = new LinkedHashSet<>();
            for (Object entry : list(name)) {
                int day = entry instanceof BigDecimal number ? whole(name, number, -1) : -1;
                if (day < 0 || day > 6) {
                    wrong(name, "has numbers from 0, Sunday, to 6");
                } else {
                    days.add(DayOfWeek.of(day == 0 ? 7 : day));
                }
            }
            return days;
        }

        @SuppressWarnings("unchecked")
        Optional<Part> object(String name) {
            return Optional.ofNullable(kind(name, Map.class, "an object"))
                    .map(map -> new Part(at + name + ".", (Map<String, Object>) map));
        }

        @SuppressWarnings("unchecked")
        List<Part> objects(String name) {
            List<Part> parts = new ArrayList<>();
            int index = 0;
            for (Object entry : list(name)) {
                if (entry instanceof Map<?, ?> map) {
                    parts.add(new Part(at + name + "[" + index + "].", (Map<String, Object>) map));
                } else {
                    wrong(name, "is a list of objects");
                }
                index++;
            }
            return parts;
        }
    }
}
