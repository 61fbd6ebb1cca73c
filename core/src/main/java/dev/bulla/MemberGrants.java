package dev.bulla;

import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.gate.Caller;
import dev.bulla.gate.GrantScope;
import dev.bulla.gate.Passage;
import dev.bulla.gate.Talk;
import dev.bulla.model.Granted;
import dev.bulla.model.Origin;
import dev.bulla.store.GrantRow;
import dev.bulla.tool.ToolEntry;
import dev.bulla.trail.AuditTrail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The grants of one member. They are made in a session with the member's key ({@link Session#grant}); to see and to end them needs no key.
 * Thread-safe.
 */
public final class MemberGrants {
    private final Wiring wiring;
    private final String tenant;
    private final String member;

    MemberGrants(Wiring wiring, String tenant, String member) {
        this.wiring = wiring;
        this.tenant = tenant;
        this.member = member;
    }

    /**
     * The tools that a grant could be for now: those that the member can use with the key at hand. Nothing is opened for that.
     *
     * @return as {@link Session#tools}
     */
    public List<ToolEntry> choices() {
        int keyNo = 1; // whichever: what is sealed to the member counts as open
        Caller caller = new Caller(tenant, member, Origin.UNKNOWN, keyNo, null, Talk.alone());
        return Guarded.call(() -> {
            wiring.gate().admit(new Passage(caller, "", ""), "tools");
            return SessionTools.list(wiring, caller);
        });
    }

    /** Those whose time is not over, by their making. */
    public List<Granted> list() {
        return Guarded.call(() -> wiring.grants().live(tenant, member).stream()
                .map(MemberGrants::view)
                .toList());
    }

    /**
     * Ends a grant: its next call is refused, on every node.
     *
     * @return false where the member has none of this id, or no more
     */
    public boolean revoke(String id) {
        return Guarded.call(() -> {
            boolean revoked = wiring.grants().revoke(tenant, member, id);
            if (revoked) {
                written(Action.GRANT_REVOKED, new AuditEntry.Caller("", 0, id, "", "", ""));
            }
            return revoked;
        });
    }

    /** @param caller whoever made it, and the id of what was made */
    void written(Action action, AuditEntry.Caller caller) {
        AuditTrail trail = wiring.trail();
        if (trail.isOn()) {
            trail.changed(AuditEntry.of(
                    trail.clock().instant(),
                    tenant,
                    member,
                    caller,
                    AuditEntry.Service.none(),
                    AuditEntry.Act.of(action),
                    AuditEntry.Verdict.allow("CHANGED", List.of())));
        }
    }

    static Granted view(GrantRow row) {
        GrantScope scope = GrantScope.read(row.tools(), row.connections());
        return new Granted(
                row.id(),
                scope.toolNames(),
                scope.connectionNames(),
                Instant.ofEpochMilli(row.createdAt()),
                Instant.ofEpochMilli(row.expiresAt()),
                Optional.ofNullable(row.lastUsedAt()).map(Instant::ofEpochMilli));
    }
}
