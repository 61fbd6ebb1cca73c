package dev.bulla.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.policy.PolicySet;
import dev.bulla.policy.Decision;
import dev.bulla.policy.Decision.Reason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Cedar's own engine is given what {@code Policy.toCedar} prints, and decides as ours does. */
class CedarTest {
    private static final int SETS = 500;
    private static final int CALLS = 200;

    /** -Dbulla.cedar.seed=... draws the same again. */
    private static final long SEED = Long.getLong("bulla.cedar.seed", new Random().nextLong());

    @Test
    void hundredThousandCasesAreDecidedAlike() throws Exception {
        Draw draw = new Draw(new Random(SEED));
        Engine engine = new Engine();
        Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
        for (int i = 0; i < SETS; i++) {
            List<dev.bulla.policy.PolicySet.Entry> entries = draw.policies();
            dev.bulla.policy.PolicySet ours = dev.bulla.policy.PolicySet.of(entries);
            PolicySet theirs = Engine.policies(entries);
            for (int j = 0; j < CALLS; j++) {
                Draw.Case one = draw.call();
                Decision decision = ours.decide(one.question());
                AuthorizationSuccessResponse answer = engine.decide(theirs, one);
                if (!same(decision, answer)) {
                    throw new AssertionError(
                            "seed " + SEED + ": we say " + decision + ", Cedar " + answer + " to " + one
                                    + " under\n"
                                    + entries.stream()
                                            .map(entry -> entry.policy().toCedar())
                                            .collect(Collectors.joining("\n")));
                }
                reasons.merge(decision.reason(), 1, Integer::sum);
            }
        }
        // each kind of decision was really met
        assertThat(reasons.keySet())
                .as("seed %d", SEED)
                .contains(Reason.PERMITTED, Reason.FORBIDDEN, Reason.NO_PERMIT, Reason.UNCLEAR);
        assertThat(reasons.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(100_000);
        assertThat(reasons.values()).as("seed %d", SEED).allMatch(count -> count > 1_000);
    }

    private static boolean same(Decision ours, AuthorizationSuccessResponse theirs) {
        List<String> matched = ours.matched().stream().map(Decision.Ref::id).toList();
        if (ours.allowed()) {
            return theirs.isAllowed()
                    && theirs.getReason().size() == matched.size()
                    && theirs.getReason().containsAll(matched);
        }
        return !theirs.isAllowed();
    }
}
