package dev.bulla.gate;

import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.error.CallRefused;
import dev.bulla.error.ErrorCode;
import dev.bulla.limit.RateLimits;
import dev.bulla.model.Admission;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.tool.Tool;
import dev.bulla.use.AccountUse;
import dev.bulla.use.Sighting;
import java.time.Clock;
import java.util.function.Function;

/**
 * The chain that every call, tool call and hand-out of a token of an open session passes, in this order: tenant and member, enablement
 * (where a key that was replaced meanwhile ends the session), resource, grant, policy, limit, audit; and forward, where the account's own
 * state is looked at. The first step that refuses ends it, so a refused call reaches nobody. What policies want to know of the resource
 * may be asked of the service before that, as a question of the library's own: see {@link Knowledge}. Thread-safe.
 */
public final class Gate {
    private final Admission admission;
    private final Registrations registrations;
    private final RuleBook rules;
    private final Judge judge;
    private final Throttle throttle;
    private final Scribe scribe;
    private final Clock clock;

    /**
     * @param judge the step of policies
     * @param scribe the step of the audit
     * @param clock for calls that no time of the store comes with
     */
    public Gate(
            Admission admission,
            Registrations registrations,
            Store store,
            RuleSource source,
            Judge judge,
            RateLimits limits,
            Scribe scribe,
            Clock clock) {
        this.admission = admission;
        this.registrations = registrations;
        this.rules = new RuleBook(store, source);
        this.judge = judge;
        this.throttle = new Throttle(limits, clock);
        this.scribe = scribe;
        this.clock = clock;
    }

    /**
     * Lets a call through, or refuses it.
     *
     * @param use the session's accounts
     * @param forward what is done behind the gate
     */
    public <T> T pass(Passage passage, AccountUse use, Errand errand, Function<Passage, T> forward) {
        passage.want(errand.kind(), errand.asked());
        Scribe.Line line = enter(passage, use, errand);
        passage.begin(line.entry());
        T answer;
        try {
            answer = forward.apply(passage);
        } catch (BullaException e) {
            line.failed(e.code());
            throw e;
        } catch (StoreException e) {
            line.failed(ErrorCode.STORE_UNAVAILABLE);
            throw e;
        } catch (RuntimeException | Error e) { // of a tool of the host's, say
            line.lost();
            throw e;
        }
        line.answered(passage.status(), passage.answer());
        return answer;
    }

    /** What may be called on a connection that was read just now. */
    public Rules rules(ConnectionRow row) {
        return rules.of(row, row.rulesNo());
    }

    /** Whether policies leave a way to call a tool at this time, be it with chosen arguments only. */
    public boolean shows(Caller caller, Rules present, Tool tool) {
        return judge.shows(caller, present, tool, clock.instant());
    }

    private Scribe.Line enter(Passage passage, AccountUse use, Errand errand) {
        seen(passage, () -> {
            admit(passage);
            look(passage, use);
            Rules present = rules.of(passage.seen());
            errand.declare(passage, present);
            narrow(passage);
            judge.judge(passage, present);
            throttle.check(passage);
        });
        return scribe.begin(passage);
    }

    /** What refuses here is written down. */
    private void seen(Passage passage, Runnable steps) {
        try {
            steps.run();
        } catch (BullaException e) {
            refused(passage, e);
            throw e;
        } catch (StoreException e) {
            refused(passage, new BullaException(ErrorCode.STORE_UNAVAILABLE, "the store gave no answer"));
            throw e;
        } catch (RuntimeException e) { // of the host's code, or a provider's; its text may hold anything
            BullaException failed = new BullaException(
                    ErrorCode.SETUP,
                    "the host's code failed, so nothing is let through: "
                            + e.getClass().getName());
            refused(passage, failed);
            throw failed;
        }
    }

    private void refused(Passage passage, BullaException refusal) {
        if (refusal.code() == ErrorCode.POLICY_DENIED || refusal.code() == ErrorCode.BEYOND_GRANT) {
            passage.caller().talk().denials().incrementAndGet();
        }
        if (throttle.mayWrite(passage, refusal.code())) {
            scribe.refused(passage, refusal);
        } else {
            scribe.skipped(passage);
        }
    }

    /**
     * Asks the host's word for what a session does beside calls.
     *
     * @param verb what that is, for the audit
     */
    public void admit(Passage passage, String verb) {
        passage.want(Errand.Kind.SESSION, verb);
        seen(passage, () -> admit(passage));
    }

    /**
     * For what a member does, and no grant in the member's place.
     *
     * @param verb what that is, for the audit
     * @throws CallRefused {@code BEYOND_GRANT}
     */
    public void refuseGrant(Passage passage, Errand.Kind kind, String verb) {
        if (passage.caller().grant() != null) {
            passage.want(kind, verb);
            seen(passage, () -> {
                admit(passage);
                throw GrantPass.beyond(passage.connection(), "a grant calls what it is for, and does nothing else");
            });
        }
    }

    /**
     * For a tool whose service is not there: the chain ends where it begins.
     *
     * @param tool as it was asked for
     * @return never
     */
    public BullaException astray(Passage passage, String tool, BullaException refusal) {
        passage.want(Errand.Kind.TOOL, tool);
        seen(passage, () -> {
            admit(passage);
            throw refusal;
        });
        return refusal;
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

    private static void narrow(Passage passage) {
        GrantPass grant = passage.caller().grant();
        if (grant != null && !grant.covers(passage.seen().connection(), passage.named())) {
            throw GrantPass.beyond(passage.connection(), "the grant does not cover this call");
        }
    }

    private void look(Passage passage, AccountUse use) {
        Sighting seen = use.see(passage.connection(), passage.label());
        passage.see(seen, use, clock);
        seen.refuseDisabled();
        passage.know(registrations.provider(seen.connection()), () -> registrations.fields(seen.connection()));
    }

    /** @throws CallRefused {@code UPSTREAM_THROTTLED} while the service wants a pause */
    void refusePause(Passage passage) {
        throttle.refusePause(passage);
    }

    /** Hears what a service answered to a question of the library's own. */
    void heardAside(Passage passage, HttpAnswer answer) {
        throttle.hear(passage, answer);
    }

    /** Hears what a service answered, on the way back. */
    void heard(Passage passage, Sendable sendable, HttpAnswer answer) {
        passage.answered(
                answer.status(),
                Answers.kind(passage.provider(), sendable.target().path(), answer));
        throttle.hear(passage, answer);
    }
}
