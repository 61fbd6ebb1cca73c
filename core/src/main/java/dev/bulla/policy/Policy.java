package dev.bulla.policy;

import dev.bulla.tool.Tier;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One rule on one connection, as its owner writes it. It applies to a call where all of its conditions hold. Immutable; whether its values
 * are of the form that they must have is looked at when it is saved.
 *
 * <p>Without tools and tiers it is about every call, but the hand-out of tokens ({@link #TOKEN}): that is permitted only by a permit that
 * names it, and forbidden by a forbid that names it or is about every call. With both it is about the calls of either.
 *
 * @param name for people and for the audit
 * @param effect permit or forbid
 * @param tools names of tools, without their service
 * @param tiers calls of these tiers, by tools and without
 * @param members chosen members; empty means all
 * @param window when
 * @param resources what the call touches: one of these; empty means anything, and nothing
 * @param afterDenials only once so many calls were denied in the session; 0 means at once. For a forbid only
 * @param enabled what is not enabled is left out
 * @param denyMessage told to whoever is stopped by a forbid; empty for none
 */
public record Policy(
        String name,
        Effect effect,
        Set<String> tools,
        Set<Tier> tiers,
        Set<String> members,
        Optional<Window> window,
        List<ResourceCondition> resources,
        int afterDenials,
        boolean enabled,
        String denyMessage) {
    /** What stands for the hand-out of a token in the place of a tool. */
    public static final String TOKEN = "token";

    public Policy {
        tools = Collections.unmodifiableSet(new TreeSet<>(tools));
        EnumSet<Tier> sorted = EnumSet.noneOf(Tier.class);
        sorted.addAll(tiers);
        tiers = Collections.unmodifiableSet(sorted);
        members = Collections.unmodifiableSet(new TreeSet<>(members));
        resources = List.copyOf(resources);
    }

    /** A permit for every call of everybody, to be narrowed. */
    public static Builder permit(String name) {
        return new Builder(name, Effect.PERMIT);
    }

    /** A forbid for every call of everybody, to be narrowed. */
    public static Builder forbid(String name) {
        return new Builder(name, Effect.FORBID);
    }

    /** The same, switched on or off. */
    public Policy enabled(boolean value) {
        return new Policy(name, effect, tools, tiers, members, window, resources, afterDenials, value, denyMessage);
    }

    /**
     * What {@link #toJson} writes. What is left out has its usual value; what is not known is refused.
     *
     * @throws PolicyRefused with all that can not be read; whether what can be read may be saved is looked at when it is
     */
    public static Policy fromJson(String json) {
        return PolicyJson.read(json);
    }

    /** What {@link #toJson} wrote, every field of it and nothing else; empty for everything that is not that, or not sound. */
    public static Optional<Policy> fromStored(String json) {
        return PolicyJson.readStored(json);
    }

    /** As JSON, every field of it. Days are numbers, 0 for Sunday; an absent window is null. */
    public String toJson() {
        return PolicyJson.write(this);
    }

    Policy with(List<ResourceCondition> others) {
        return new Policy(name, effect, tools, tiers, members, window, others, afterDenials, enabled, denyMessage);
    }

    /**
     * As it may be saved on a connection: with ids of resources in the form in which they are compared.
     *
     * @throws PolicyRefused with all that is wrong
     */
    public Policy fitted(Vocabulary known) {
        return Fitting.fitted(this, known);
    }

    /** In plain words, as a sentence or two. */
    public String preview() {
        return Preview.of(this);
    }

    /**
     * In the Cedar policy language (cedarpolicy.com). It decides there as it does here, where a call is put so:
     *
     * <ul>
     *   <li>the action is the tool, {@code Action::"token"} for a token, or any other for a call that is no tool; its parents are
     *       {@code Action::"tier:read"} or the other tiers, and where it may be any tool {@code Action::"tool:unclear"}; a token has none;
     *   <li>the resource has {@code kind}, {@code id} and {@code about}, a record of sets of texts with what is known of it; where the call
     *       touches none, {@code kind} is empty, and where that is unclear, there is no {@code kind};
     *   <li>the context has {@code member}, {@code denials}, and {@code clock}, by zone: {@code hour}, {@code day} (0 is Sunday),
     *       {@code date} (days since 1970), {@code dayBefore} and {@code dateBefore}.
     * </ul>
     */
    public String toCedar() {
        return Cedar.of(this);
    }

    /** Whether it is about every call, whatever the tool. */
    public boolean isAboutEverything() {
        return tools.isEmpty() && tiers.isEmpty();
    }

    /** Whether it applies, as far as that is known. One that is not enabled never does. */
    Truth applies(Question question) {
        if (!enabled || question.denialsInSession() < afterDenials) {
            return Truth.NO;
        }
        if (!members.isEmpty() && !members.contains(question.member())) {
            return Truth.NO;
        }
        if (window.isPresent() && !window.get().contains(question.at())) {
            return Truth.NO;
        }
        Truth what = isAbout(question);
        return what == Truth.NO ? what : what.and(touches(question));
    }

    private Truth isAbout(Question question) {
        if (question.tool().isPresent() && question.tool().get().equals(TOKEN)) {
            return Truth.of(tools.contains(TOKEN) || (effect == Effect.FORBID && isAboutEverything()));
        }
        if (isAboutEverything() || tiers.contains(question.tier())) {
            return Truth.YES;
        }
        if (question.toolUnclear()) {
            boolean some = tools.stream().anyMatch(tool -> !tool.equals(TOKEN));
            return some ? Truth.UNKNOWN : Truth.NO;
        }
        return Truth.of(question.tool().filter(tools::contains).isPresent());
    }

    private Truth touches(Question question) {
        if (resources.isEmpty()) {
            return Truth.YES;
        }
        Truth any = Truth.NO;
        for (ResourceCondition condition : resources) {
            any = any.or(condition.holds(question.resource(), question.attributes()));
            if (any == Truth.YES) {
                break;
            }
        }
        return any;
    }

    /** Makes a policy. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final Effect effect;
        private final Set<String> tools = new TreeSet<>();
        private final Set<Tier> tiers = EnumSet.noneOf(Tier.class);
        private final Set<String> members = new TreeSet<>();
        private Optional<Window> window = Optional.empty();
        private final List<ResourceCondition> resources = new ArrayList<>();
        private int afterDenials;
        private boolean enabled = true;
        private String denyMessage = "";

        private Builder(String name, Effect effect) {
            this.name = name;
            this.effect = effect;
        }

        /** These tools too. */
        public Builder tools(String... names) {
            tools.addAll(List.of(names));
            return this;
        }

        /** The hand-out of tokens too. */
        public Builder token() {
            return tools(TOKEN);
        }

        /** Calls of these tiers too. */
        public Builder tiers(Tier... some) {
            tiers.addAll(List.of(some));
            return this;
        }

        /** For these members only. */
        public Builder members(String... some) {
            return members(List.of(some));
        }

        /** For these members only. */
        public Builder members(Collection<String> some) {
            members.addAll(some);
            return this;
        }

        /** Only then. See {@link Window#in(ZoneId)}. */
        public Builder window(Window value) {
            window = Optional.of(value);
            return this;
        }

        /** Only where such resources are touched, or those of another condition that was given. */
        public Builder resources(ResourceCondition... some) {
            resources.addAll(List.of(some));
            return this;
        }

        /** Only once so many calls were denied in a session. */
        public Builder afterDenials(int value) {
            afterDenials = value;
            return this;
        }

        /** Made, but not in force. */
        public Builder disabled() {
            enabled = false;
            return this;
        }

        /** What whoever is stopped is told. */
        public Builder denyMessage(String value) {
            denyMessage = value;
            return this;
        }

        public Policy build() {
            return new Policy(
                    name, effect, tools, tiers, members, window, resources, afterDenials, enabled, denyMessage);
        }
    }
}
