package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.policy.Finding;
import dev.bulla.policy.Flaw;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyDiff;
import dev.bulla.policy.PolicyRefused;
import dev.bulla.policy.PolicySets;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.policy.Simulation;
import dev.bulla.policy.Vocabulary;
import dev.bulla.rule.PolicyKeeper;
import dev.bulla.rule.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The policies of one connection, for its owner: what no permit allows is denied, and a forbid beats every permit. A change counts at the
 * very next call of anybody, on every node. Every change is a version that stays, with who made it. Thread-safe.
 *
 * <p>A policy that is not there is {@code POLICY_REFUSED}, as is one that can not be saved.
 */
public final class ConnectionPolicies {
    private static final Duration LONGEST = Duration.ofDays(366);

    private final Wiring wiring;
    private final PolicyKeeper.Desk desk;

    ConnectionPolicies(Wiring wiring, String tenant, String connection, String by) {
        this(wiring, new PolicyKeeper.Desk(tenant, connection, PolicySets.SHARED, by));
    }

    private ConnectionPolicies(Wiring wiring, PolicyKeeper.Desk desk) {
        this.wiring = wiring;
        this.desk = desk;
    }

    /** Those of another set than that of all members: see {@link PolicySets}. The empty name is the shared one. */
    public ConnectionPolicies forSet(String set) {
        return new ConnectionPolicies(
                wiring,
                new PolicyKeeper.Desk(desk.tenant(), desk.connection(), Names.label(set, "policy set"), desk.author()));
    }

    /** Names of the sets that have policies. */
    public List<String> sets() {
        return Guarded.call(() -> wiring.policies().sets(desk));
    }

    /** As they are now, by name; one that can not be read is among them. */
    public List<PolicyVersion> list() {
        return Guarded.call(() -> wiring.policies().list(desk));
    }

    /**
     * A new policy, of which this is the first version.
     *
     * @throws PolicyRefused with every value that is wrong
     */
    public PolicyVersion create(Policy policy) {
        return Guarded.call(() -> wiring.policies().create(desk, policy));
    }

    /** Whatever it was before. @throws PolicyRefused with every value that is wrong */
    public PolicyVersion replace(String id, Policy policy) {
        return Guarded.call(() -> wiring.policies().replace(desk, id, null, policy));
    }

    /** The same where it is still at the version that the change was made from. @throws PolicyRefused also where it is not */
    public PolicyVersion replace(PolicyVersion seen, Policy policy) {
        return Guarded.call(() -> wiring.policies().replace(desk, seen.id(), seen.version(), policy));
    }

    /** The new version; a policy that names what is no longer there can be switched all the same. */
    public PolicyVersion enable(String id) {
        return Guarded.call(() -> wiring.policies().enable(desk, id, true));
    }

    /** Leaves it out, without deleting it; answers the new version. */
    public PolicyVersion disable(String id) {
        return Guarded.call(() -> wiring.policies().enable(desk, id, false));
    }

    /** Its versions stay, and it can be brought back by {@link #rollBack}. */
    public void delete(String id) {
        Guarded.run(() -> wiring.policies().delete(desk, id));
    }

    /** All versions of a policy, the newest first. */
    public List<PolicyVersion> versions(String id) {
        return Guarded.call(() -> wiring.policies().versions(desk, id));
    }

    /** The last 500 versions of all policies, the newest first: those of deleted ones too. */
    public List<PolicyVersion> history() {
        return Guarded.call(() -> wiring.policies().history(desk));
    }

    /** What is different in version {@code to} from version {@code from}. */
    public PolicyDiff diff(String id, long from, long to) {
        List<PolicyVersion> versions = versions(id);
        return PolicyDiff.between(policy(versions, from), policy(versions, to));
    }

    private static Policy policy(List<PolicyVersion> versions, long version) {
        return versions.stream()
                .filter(one -> one.version() == version)
                .findFirst()
                .flatMap(PolicyVersion::policy)
                .orElseThrow(() -> new PolicyRefused(List.of(new Flaw("version", "there is no policy to be read"))));
    }

    /** Makes it what it was at a version, as a new version. @throws PolicyRefused where that can not be saved any more */
    public PolicyVersion rollBack(String id, long version) {
        return Guarded.call(() -> wiring.policies().rollBack(desk, id, version));
    }

    /** What looks as if it did not do what its author wanted. */
    public List<Finding> lint() {
        return Guarded.call(() -> Finding.in(
                list().stream().flatMap(version -> version.policy().stream()).toList(),
                wiring.policies().words(desk),
                Instant.ofEpochMilli(wiring.store().now())));
    }

    /**
     * What these policies would have decided on the calls of the last time, in the place of those that there are: the audit is read, 100,000
     * entries at most and the oldest first, and nothing is changed. What a resource was like is taken from the audit; where no policy had
     * asked for that then, it is what is known now.
     *
     * @param policies all of the set, as they would be; those that are there already count as they are, whether they still fit or not
     * @param last up to 366 days
     * @throws PolicyRefused where a new one could not be saved
     * @throws BullaException {@code INVALID_ARGUMENT} for a time that is none
     */
    public Simulation simulate(List<Policy> policies, Duration last) {
        if (last.isNegative() || last.isZero() || last.compareTo(LONGEST) > 0) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "a simulation looks back for up to 366 days");
        }
        return Guarded.call(() -> {
            Set<Policy> there = list().stream()
                    .flatMap(version -> version.policy().stream())
                    .collect(Collectors.toSet());
            Vocabulary words = wiring.policies().words(desk);
            List<Policy> after = policies.stream()
                    .map(policy -> there.contains(policy) ? policy : policy.fitted(words))
                    .toList();
            return new Replay(wiring.auditReader(), wiring.store())
                    .of(
                            desk,
                            wiring.policies().connectionId(desk),
                            wiring.policies().inForce(desk),
                            after,
                            last);
        });
    }
}
