package dev.bulla.gate;

import dev.bulla.error.BullaException;
import dev.bulla.error.CallRefused;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Admission;
import dev.bulla.use.AccountUse;
import java.util.function.Function;

/**
 * The chain that every call, tool call and hand-out of a token passes, in this order: the key is the session's; then tenant and member,
 * enablement, resource, policy, limit, audit; and forward, where the account's own state is looked at. The first step that refuses
 * ends it, so a refused call reaches nobody. Thread-safe.
 */
public final class Gate {
    private final Admission admission;

    public Gate(Admission admission) {
        this.admission = admission;
    }

    /**
     * Lets a call through, or refuses it.
     *
     * @param use the session's accounts
     * @param forward what is done behind the gate
     */
    public <T> T pass(Passage passage, AccountUse use, Errand errand, Function<Passage, T> forward) {
        admit(passage);
        passage.see(use.see(passage.connection(), passage.label()));
        passage.seen().refuseDisabled();
        errand.declare(passage);
        return forward.apply(passage);
    }

    private void admit(Passage passage) {
        Admission.Word word;
        try {
            word = admission.of(passage.caller().tenant(), passage.caller().member());
        } catch (RuntimeException e) { // of the host's code; its text may hold anything
            throw new BullaException(ErrorCode.SETUP, "the host's admission failed, so nobody is admitted");
        }
        switch (word) {
            case ADMITTED -> {}
            case MEMBER_NOT_APPROVED ->
                throw CallRefused.of(
                        ErrorCode.MEMBER_NOT_APPROVED, passage.connection(), "the host has not approved the member");
            case TENANT_DISABLED ->
                throw CallRefused.of(
                        ErrorCode.TENANT_DISABLED, passage.connection(), "the host has switched the tenant off");
        }
    }
}
