package dev.bulla.gate;

import dev.bulla.error.CallRefused;
import dev.bulla.error.ErrorCode;
import dev.bulla.policy.Decision;
import dev.bulla.policy.PolicySets;
import dev.bulla.policy.Question;
import dev.bulla.policy.ResourceAttributes;
import dev.bulla.tool.Match;
import dev.bulla.tool.Sight;
import dev.bulla.tool.Tool;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Policies decide: what none permits is denied, and so is what none can be asked about. Thread-safe. */
public final class PolicyJudge implements Judge {
    private final PolicySets sets;
    private final Function<Passage, ResourceAttributes> attributes;

    /** @param attributes what is known of resources, asked only where a policy asks */
    public PolicyJudge(PolicySets sets, Function<Passage, ResourceAttributes> attributes) {
        this.sets = sets;
        this.attributes = attributes;
    }

    @Override
    public void judge(Passage passage, Rules rules) {
        String set = set(passage);
        Decision decision = rules.set(set).decide(question(passage));
        passage.decide(set, decision);
        if (decision.allowed()) {
            return;
        }
        if (decision.reason() == Decision.Reason.UNREADABLE) {
            throw unreadable(passage);
        }
        String tool =
                Objects.requireNonNull(passage.match()).tool().map(Tool::name).orElse("");
        throw CallRefused.denied(passage.connection(), tool, decision.denyMessage());
    }

    @Override
    public boolean shows(Caller caller, Rules rules, Tool tool, Instant at) {
        Optional<String> set;
        try {
            set = sets.setOf(caller.tenant(), caller.member());
        } catch (RuntimeException e) { // of the host's code; its text may hold anything
            return false;
        }
        Question question = new Question(
                caller.member(),
                Optional.of(tool.name()),
                false,
                tool.tier(),
                tool.touchesNothing() ? Sight.none() : Sight.unclear(),
                ResourceAttributes.unknown(),
                at,
                caller.talk().denials().get());
        return set.map(name -> rules.set(name).decide(question))
                .filter(decision -> decision.allowed() || decision.reason() == Decision.Reason.UNCLEAR)
                .isPresent();
    }

    private String set(Passage passage) {
        Optional<String> set;
        try {
            set = sets.setOf(passage.caller().tenant(), passage.caller().member());
        } catch (RuntimeException e) { // of the host's code; its text may hold anything
            throw unreadable(passage);
        }
        return set.orElseThrow(() -> CallRefused.denied(passage.connection(), "", ""));
    }

    private Question question(Passage passage) {
        int denials = passage.denials();
        if (passage.kind() == Errand.Kind.TOKEN) {
            return Question.token(passage.caller().member(), passage.at(), denials);
        }
        Match match = Objects.requireNonNull(passage.match());
        return new Question(
                passage.caller().member(),
                match.tool().map(Tool::name),
                match.unclear(),
                match.tier(),
                match.resource(),
                attributes.apply(passage),
                passage.at(),
                denials);
    }

    private static CallRefused unreadable(Passage passage) {
        return CallRefused.of(
                ErrorCode.POLICY_UNREADABLE,
                passage.connection(),
                "the policies of '" + passage.connection() + "' can not be read, so nothing is allowed");
    }
}
