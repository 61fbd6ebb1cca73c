package dev.bulla.policy;

import dev.bulla.tool.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The policies that a connection begins with: written once, together with the settings that make it complete for the first time, and never
 * again, whatever becomes of them. Immutable.
 */
public final class Baseline {
    /** Stands as the author of policies that nobody wrote. */
    public static final String AUTHOR = "baseline";

    private final List<Policy> policies;

    private Baseline(List<Policy> policies) {
        this.policies = policies;
    }

    /** Members may read and change; to delete, and to take tokens for an SDK, is there to be switched on. */
    public static Baseline standard() {
        return of(
                reading().build(),
                changing().build(),
                deleting().disabled().build(),
                takingTokens().disabled().build());
    }

    /** Members may do everything, and take tokens. */
    public static Baseline open() {
        return of(
                reading().build(),
                changing().build(),
                deleting().build(),
                takingTokens().build());
    }

    /** Members may read; the rest is there to be switched on. */
    public static Baseline reader() {
        return of(
                reading().build(),
                changing().disabled().build(),
                deleting().disabled().build(),
                takingTokens().disabled().build());
    }

    /** Nothing is allowed until the owner says so. */
    public static Baseline none() {
        return of();
    }

    /**
     * The host's own. They must fit every connection, so they speak of tiers and {@link Policy#TOKEN}, not of tools or resources.
     *
     * @throws PolicyRefused with all that is wrong
     */
    public static Baseline of(Policy... policies) {
        List<Flaw> flaws = new ArrayList<>();
        for (Policy policy : policies) {
            flaws.addAll(Form.flaws(policy));
            if (!Set.of(Policy.TOKEN).containsAll(policy.tools())) {
                flaws.add(new Flaw("tools", "not every service has them"));
            }
            if (!policy.resources().isEmpty()) {
                flaws.add(new Flaw("resources", "not every service has them"));
            }
        }
        if (!flaws.isEmpty()) {
            throw new PolicyRefused(flaws);
        }
        return new Baseline(List.of(policies));
    }

    public List<Policy> policies() {
        return policies;
    }

    private static Policy.Builder reading() {
        return Policy.permit("Members may read").tiers(Tier.READ);
    }

    private static Policy.Builder changing() {
        return Policy.permit("Members may change").tiers(Tier.WRITE);
    }

    private static Policy.Builder deleting() {
        return Policy.permit("Members may delete").tiers(Tier.DESTRUCTIVE);
    }

    private static Policy.Builder takingTokens() {
        return Policy.permit("Applications may take tokens").token();
    }
}
