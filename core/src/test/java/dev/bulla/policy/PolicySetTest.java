package dev.bulla.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.policy.Decision.Reason;
import dev.bulla.policy.Decision.Ref;
import dev.bulla.tool.Resource;
import dev.bulla.tool.Sight;
import dev.bulla.tool.Tier;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicySetTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z"); // a Wednesday
    private static final Resource REPOSITORY = new Resource("repository", "octo/hello");

    private static PolicySet set(Policy... policies) {
        List<PolicySet.Entry> entries = new ArrayList<>();
        for (Policy policy : policies) {
            entries.add(new PolicySet.Entry(new Ref("id-" + entries.size(), policy.name(), 1), policy));
        }
        return PolicySet.of(entries);
    }

    private static Question call(Tier tier) {
        return question(Optional.empty(), false, tier, Sight.none(), Map.of());
    }

    private static Question tool(String name, Tier tier) {
        return question(Optional.of(name), false, tier, Sight.none(), Map.of());
    }

    private static Question unclear(Tier tier) {
        return question(Optional.empty(), true, tier, Sight.unclear(), Map.of());
    }

    private static Question on(Sight sight, Map<String, Set<String>> attributes) {
        return question(Optional.of("read"), false, Tier.READ, sight, attributes);
    }

    private static Question question(
            Optional<String> tool, boolean unclear, Tier tier, Sight sight, Map<String, Set<String>> attributes) {
        return new Question(
                "alice",
                tool,
                unclear,
                tier,
                sight,
                (resource, name) -> Optional.ofNullable(attributes.get(name)),
                NOON,
                0);
    }

    private static Question at(String instant) {
        return new Question(
                "alice",
                Optional.empty(),
                false,
                Tier.READ,
                Sight.none(),
                ResourceAttributes.unknown(),
                Instant.parse(instant),
                0);
    }

    private static Policy window(Window window) {
        return Policy.permit("windowed").window(window).build();
    }

    private static boolean allows(Policy policy, Question question) {
        return set(policy).decide(question).allowed();
    }

    /** Whether a forbid stops a call that is permitted otherwise. */
    private static boolean stops(Policy.Builder forbid, Question question) {
        Policy all = Policy.permit("all").tiers(Tier.values()).token().build();
        return !set(all, forbid.build()).decide(question).allowed();
    }

    @Test
    void nothingIsAllowedWithoutAPermit() {
        Decision decision = PolicySet.empty().decide(call(Tier.READ));
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).isEqualTo(Reason.NO_PERMIT);
    }

    @Test
    void unreadableSetDeniesEverything() {
        Decision decision = PolicySet.unreadable().decide(call(Tier.READ));
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).isEqualTo(Reason.UNREADABLE);
    }

    @Test
    void forbidBeatsPermitAndSaysWhy() {
        PolicySet set = set(
                Policy.permit("all").build(),
                Policy.forbid("no writing")
                        .tiers(Tier.WRITE)
                        .denyMessage("Ask Bob.")
                        .build());

        assertThat(set.decide(call(Tier.READ)).matched()).containsExactly(new Ref("id-0", "all", 1));
        Decision denied = set.decide(call(Tier.WRITE));
        assertThat(denied.allowed()).isFalse();
        assertThat(denied.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(denied.matched()).containsExactly(new Ref("id-1", "no writing", 1));
        assertThat(denied.denyMessage()).isEqualTo("Ask Bob.");
    }

    @Test
    void disabledPolicyIsLeftOut() {
        assertThat(allows(Policy.permit("off").disabled().build(), call(Tier.READ)))
                .isFalse();
        assertThat(stops(Policy.forbid("off").disabled(), call(Tier.READ))).isFalse();
    }

    @Test
    void toolsAndTiersAreEither() {
        Policy policy = Policy.permit("either").tools("push").tiers(Tier.READ).build();
        assertThat(allows(policy, tool("push", Tier.WRITE))).isTrue();
        assertThat(allows(policy, tool("other", Tier.READ))).isTrue();
        assertThat(allows(policy, tool("other", Tier.WRITE))).isFalse();
        assertThat(allows(policy, call(Tier.WRITE))).isFalse();
    }

    @Test
    void toolThatIsUnclearCountsAgainstTheCall() {
        assertThat(allows(Policy.permit("one").tools("push").build(), unclear(Tier.WRITE)))
                .isFalse();
        assertThat(stops(Policy.forbid("one").tools("push"), unclear(Tier.WRITE)))
                .isTrue();
        assertThat(set(Policy.permit("one").tools("push").build())
                        .decide(unclear(Tier.WRITE))
                        .reason())
                .isEqualTo(Reason.UNCLEAR);
        assertThat(allows(Policy.permit("tier").tiers(Tier.WRITE).build(), unclear(Tier.WRITE)))
                .isTrue();
    }

    /** So that a tool that no permit is about is not listed because a forbid might be. */
    @Test
    void whatNoPermitIsAboutIsNotUnclear() {
        Policy forbid = Policy.forbid("one").tools("push").build();
        assertThat(set(forbid).decide(unclear(Tier.WRITE)).reason()).isEqualTo(Reason.NO_PERMIT);
        assertThat(set(forbid, Policy.permit("read").tiers(Tier.READ).build())
                        .decide(unclear(Tier.WRITE))
                        .reason())
                .isEqualTo(Reason.NO_PERMIT);
        assertThat(set(forbid, Policy.permit("write").tiers(Tier.WRITE).build())
                        .decide(unclear(Tier.WRITE))
                        .reason())
                .isEqualTo(Reason.UNCLEAR);
    }

    @Test
    void tokensArePermittedByNameOnly() {
        Question token = Question.token("alice", NOON, 0);
        assertThat(allows(Policy.permit("all").build(), token)).isFalse();
        assertThat(allows(Policy.permit("tiers").tiers(Tier.values()).build(), token))
                .isFalse();
        assertThat(allows(Policy.permit("token").token().build(), token)).isTrue();
        assertThat(stops(Policy.forbid("all"), token)).isTrue();
        assertThat(stops(Policy.forbid("token").token(), token)).isTrue();
        assertThat(stops(Policy.forbid("tier").tiers(Tier.DESTRUCTIVE), token)).isFalse();
        assertThat(stops(Policy.forbid("token").token(), unclear(Tier.WRITE))).isFalse();
    }

    @Test
    void membersAreChosen() {
        assertThat(allows(Policy.permit("bob's").members("bob").build(), call(Tier.READ)))
                .isFalse();
        assertThat(allows(Policy.permit("both").members("bob", "alice").build(), call(Tier.READ)))
                .isTrue();
    }

    @Test
    void resourceThatIsUnclearCountsAgainstTheCall() {
        ResourceCondition one = ResourceCondition.of("repository", "octo/hello");
        assertThat(allows(Policy.permit("one").resources(one).build(), on(Sight.known(REPOSITORY), Map.of())))
                .isTrue();
        assertThat(allows(Policy.permit("one").resources(one).build(), on(Sight.unclear(), Map.of())))
                .isFalse();
        assertThat(allows(Policy.permit("one").resources(one).build(), on(Sight.none(), Map.of())))
                .isFalse();
        assertThat(stops(Policy.forbid("one").resources(one), on(Sight.unclear(), Map.of())))
                .isTrue();
        assertThat(stops(Policy.forbid("one").resources(one), on(Sight.none(), Map.of())))
                .isFalse();
        Sight other = Sight.known(new Resource("repository", "octo/other"));
        assertThat(stops(Policy.forbid("one").resources(one), on(other, Map.of())))
                .isFalse();
    }

    @Test
    void attributeThatIsNotKnownCountsAgainstTheCall() {
        ResourceCondition open = ResourceCondition.all("repository").with("visibility", "public", "internal");
        Sight known = Sight.known(REPOSITORY);
        Map<String, Set<String>> isPublic = Map.of("visibility", Set.of("public"));
        Map<String, Set<String>> hasNone = Map.of("visibility", Set.of());
        assertThat(allows(Policy.permit("open").resources(open).build(), on(known, isPublic)))
                .isTrue();
        assertThat(allows(Policy.permit("open").resources(open).build(), on(known, hasNone)))
                .isFalse();
        assertThat(allows(Policy.permit("open").resources(open).build(), on(known, Map.of())))
                .isFalse();
        assertThat(stops(Policy.forbid("open").resources(open), on(known, Map.of())))
                .isTrue();
        assertThat(stops(Policy.forbid("open").resources(open), on(known, hasNone)))
                .isFalse();
    }

    @Test
    void oneOfSeveralLabelsIsEnough() {
        ResourceCondition labelled = ResourceCondition.all("repository").with("labels", "safe");
        Map<String, Set<String>> labels = Map.of("labels", Set.of("other", "safe"));
        assertThat(allows(Policy.permit("safe").resources(labelled).build(), on(Sight.known(REPOSITORY), labels)))
                .isTrue();
    }

    @Test
    void oneOfSeveralResourcesIsEnough() {
        Policy policy = Policy.permit("two")
                .resources(ResourceCondition.of("channel", "C1"), ResourceCondition.of("repository", "octo/hello"))
                .build();
        assertThat(allows(policy, on(Sight.known(REPOSITORY), Map.of()))).isTrue();
    }

    @Test
    void circuitBreaksAfterDenials() {
        Policy.Builder breaker = Policy.forbid("enough").afterDenials(3);
        Question calm = Question.token("alice", NOON, 2);
        Question denied = Question.token("alice", NOON, 3);
        assertThat(stops(breaker, calm)).isFalse();
        assertThat(stops(breaker, denied)).isTrue();
    }

    @Test
    void hoursAreThoseOfTheZoneAndIncludeTheLast() {
        Policy policy = window(Window.in(ZoneId.of("America/New_York")).hours(9, 17));
        assertThat(allows(policy, at("2026-03-04T13:59:59Z"))).isFalse();
        assertThat(allows(policy, at("2026-03-04T14:00:00Z"))).isTrue();
        assertThat(allows(policy, at("2026-03-04T22:59:59Z"))).isTrue();
        assertThat(allows(policy, at("2026-03-04T23:00:00Z"))).isFalse();
        assertThat(allows(policy, at("2026-07-01T13:00:00Z"))).isTrue(); // summer time
    }

    @Test
    void nightBelongsToTheDayBefore() {
        Policy friday = window(Window.in(ZoneId.of("UTC")).hours(22, 5).on(DayOfWeek.FRIDAY));
        assertThat(allows(friday, at("2026-03-06T22:00:00Z"))).isTrue();
        assertThat(allows(friday, at("2026-03-07T05:59:59Z"))).isTrue();
        assertThat(allows(friday, at("2026-03-07T22:00:00Z"))).isFalse();
        assertThat(allows(friday, at("2026-03-06T05:00:00Z"))).isFalse();
    }

    @Test
    void datesIncludeTheLast() {
        Policy march = window(Window.in(ZoneId.of("Europe/Berlin"))
                .from(LocalDate.parse("2026-03-01"))
                .until(LocalDate.parse("2026-03-31")));
        assertThat(allows(march, at("2026-02-28T22:59:59Z"))).isFalse();
        assertThat(allows(march, at("2026-02-28T23:00:00Z"))).isTrue();
        assertThat(allows(march, at("2026-03-31T21:59:59Z"))).isTrue();
        assertThat(allows(march, at("2026-03-31T22:00:00Z"))).isFalse();
    }
}
