package dev.bulla.cedar;

import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicySet;
import dev.bulla.policy.Question;
import dev.bulla.policy.ResourceCondition;
import dev.bulla.policy.Window;
import dev.bulla.tool.Resource;
import dev.bulla.tool.Sight;
import dev.bulla.tool.Tier;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Draws policies and calls of a small world, in which they often meet. */
final class Draw {
    static final List<ZoneId> ZONES = List.of(ZoneId.of("America/New_York"), ZoneId.of("Asia/Tokyo"));
    private static final List<String> TOOLS = List.of("push", "merge", "list");
    private static final List<String> MEMBERS = List.of("alice", "bob", "o\"n\\eil\u00e9\n\ud83d\ude00");
    private static final List<String> KINDS = List.of("repository", "channel");
    private static final List<String> IDS = List.of("octo/hello", "octo/\"x\"", "\u00fcber");
    private static final List<String> ATTRIBUTES = List.of("visibility", "has labels");
    private static final List<String> VALUES = List.of("public", "private", "*");
    private static final long FIRST = LocalDate.parse("2026-03-01").toEpochDay();

    private final Random random;

    Draw(Random random) {
        this.random = random;
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    private <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> Set<T> some(List<T> all) {
        Set<T> some = new HashSet<>();
        all.stream().filter(each -> one(2)).forEach(some::add);
        return some;
    }

    /** What a call is, and what is known of what it touches: absent where nothing is. */
    record Case(Question question, Map<String, Set<String>> about) {}

    List<PolicySet.Entry> policies() {
        List<PolicySet.Entry> entries = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            Policy policy = policy("policy \"" + i + "\"\\\n\u00e9");
            entries.add(new PolicySet.Entry(new dev.bulla.policy.Decision.Ref("policy" + i, policy.name(), i), policy));
        }
        return entries;
    }

    private Policy policy(String name) {
        boolean permit = !one(3);
        Policy.Builder policy =
                permit ? Policy.permit(name) : Policy.forbid(name).denyMessage("No \"way\"\u2028.");
        if (!one(4)) {
            policy.tools(some(TOOLS).toArray(String[]::new))
                    .tiers(some(List.of(Tier.values())).toArray(Tier[]::new));
        }
        if (one(4)) {
            policy.token();
        }
        if (one(4)) {
            policy.members(some(MEMBERS));
        }
        if (one(3)) {
            policy.window(window());
        }
        for (int i = random.nextInt(5); i > 2; i--) {
            policy.resources(condition());
        }
        if (!permit && one(3)) {
            policy.afterDenials(random.nextInt(4));
        }
        return one(10) ? policy.disabled().build() : policy.build();
    }

    private Window window() {
        Window window = Window.in(of(ZONES));
        if (one(2)) {
            window = window.on(some(List.of(DayOfWeek.values())).toArray(DayOfWeek[]::new));
        }
        if (!one(3)) {
            window = window.hours(random.nextInt(24), random.nextInt(24));
        }
        if (one(3)) {
            window = window.from(LocalDate.ofEpochDay(FIRST + random.nextInt(20)));
        }
        return one(3) ? window.until(LocalDate.ofEpochDay(FIRST + 10 + random.nextInt(20))) : window;
    }

    private ResourceCondition condition() {
        ResourceCondition condition = new ResourceCondition(of(KINDS), one(2) ? Set.of() : some(IDS), Map.of());
        for (String attribute : ATTRIBUTES) {
            if (one(3)) {
                Set<String> values = some(VALUES);
                values.add(of(VALUES));
                condition = condition.with(attribute, values);
            }
        }
        return condition;
    }

    Case call() {
        String member = of(MEMBERS);
        Instant at = Instant.ofEpochSecond(FIRST * 86_400 + random.nextInt(30 * 86_400));
        int denials = random.nextInt(5);
        if (one(8)) {
            return new Case(Question.token(member, at, denials), Map.of());
        }
        boolean unclear = one(5);
        Map<String, Set<String>> about = new LinkedHashMap<>();
        ATTRIBUTES.stream().filter(name -> !one(3)).forEach(name -> about.put(name, some(VALUES)));
        return new Case(
                new Question(
                        member,
                        unclear || one(4) ? Optional.empty() : Optional.of(of(TOOLS)),
                        unclear,
                        of(List.of(Tier.values())),
                        sight(),
                        (resource, name) -> Optional.ofNullable(about.get(name)),
                        at,
                        denials),
                about);
    }

    private Sight sight() {
        return switch (random.nextInt(5)) {
            case 0 -> Sight.none();
            case 1 -> Sight.unclear();
            default -> Sight.known(new Resource(of(KINDS), of(IDS)));
        };
    }
}
