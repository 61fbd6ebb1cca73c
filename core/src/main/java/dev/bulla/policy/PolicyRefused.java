package dev.bulla.policy;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.util.List;
import java.util.stream.Collectors;

/** A policy was not saved: {@code POLICY_REFUSED}, with every value that is wrong. */
public final class PolicyRefused extends BullaException {
    private static final long serialVersionUID = 1L;

    private final transient List<Flaw> flaws;

    public PolicyRefused(List<Flaw> flaws) {
        super(ErrorCode.POLICY_REFUSED, flaws.stream().map(Flaw::toString).collect(Collectors.joining("; ")));
        this.flaws = List.copyOf(flaws);
    }

    /** What is wrong, at least one. */
    public List<Flaw> flaws() {
        return flaws;
    }
}
