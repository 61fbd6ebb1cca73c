package dev.bulla;

import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.GrantSecret;
import dev.bulla.key.MemberKey;
import dev.bulla.member.GrantKeeper;
import dev.bulla.model.Origin;
import java.util.List;
import java.util.Optional;

/** One tenant: the owner's connections and the members. A view without state; thread-safe. */
public final class Tenant {
    private final Wiring wiring;
    private final String id;

    Tenant(Wiring wiring, String id) {
        this.wiring = wiring;
        this.id = id;
    }

    /** The owner's side. The host has made sure that the caller is the owner. */
    public Connections connections() {
        return new Connections(wiring, id, "owner");
    }

    /** What was done in this tenant, for its owner. */
    public Audit audit() {
        return new Audit(wiring, id, null);
    }

    /**
     * Ends a session of a key or a grant, as {@link Audit#sessions} shows it: the bearer's next call begins another one, in which nothing was
     * denied before. It cuts nobody off: that is done by revoking the grant, or by resetting the key.
     *
     * @param session its id
     * @param by who wants it so, for the audit
     * @return false where this node knows none of this id: each node has its own sessions, and forgets them after half an hour without use
     */
    public boolean resetSession(String session, String by) {
        String author = Names.check(by, "by");
        Optional<String> member = wiring.talks().reset(id, session);
        member.ifPresent(whose -> wiring.trail()
                .changed(AuditEntry.of(
                        wiring.trail().clock().instant(),
                        id,
                        whose,
                        new AuditEntry.Caller(session, 0, "", "", "", author),
                        AuditEntry.Service.none(),
                        AuditEntry.Act.of(Action.SESSION_RESET),
                        AuditEntry.Verdict.allow("CHANGED", List.of()))));
        return member.isPresent();
    }

    /**
     * Opens a session for whoever bears this text: a member's key, or a grant. Nobody has authenticated the bearer: the text says who it
     * is. A key that was offered and not yet proven becomes its member's key by this.
     *
     * @param bearer as it was shown; blanks and dashes do not matter
     * @param origin who asks from where, for the audit
     * @throws BullaException {@code KEY_MALFORMED} where the text is neither, with the mistake and no part of the text; {@code KEY_WRONG}
     *     where no member of this tenant has this key, or has it no more; {@code GRANT_UNKNOWN} where the grant is none of this tenant, is
     *     over, or was revoked; {@code MEMBER_NOT_APPROVED} or {@code TENANT_DISABLED} where the host does not let the member in
     */
    public Session open(CharSequence bearer, Origin origin) {
        Session session = opened(bearer, origin);
        try {
            session.admitted("", "", "open");
        } catch (BullaException e) {
            session.close();
            throw e;
        }
        return session;
    }

    private Session opened(CharSequence bearer, Origin origin) {
        if (GrantSecret.isMeant(bearer)) {
            GrantSecret secret = GrantSecret.parse(bearer);
            return Guarded.call(() -> {
                GrantKeeper.Entry entry = wiring.grants().open(id, secret);
                return wiring.open(id, entry.member(), entry.opener(), origin, entry.pass(), List.of());
            });
        }
        if (!MemberKey.isMeant(bearer)) {
            throw new BullaException(
                    ErrorCode.KEY_MALFORMED,
                    "this is neither a member's key nor a grant: those start with bulla1 and bullagrant1");
        }
        MemberKey key = MemberKey.parse(bearer);
        return Guarded.call(() -> {
            String owner = wiring.keys().owner(id, key).orElseThrow(Tenant::unknownKey);
            try {
                return new Member(wiring, id, owner).session(key, origin);
            } catch (BullaException e) {
                throw e.code() == ErrorCode.KEY_WRONG ? unknownKey() : e; // replaced since it was found
            }
        });
    }

    private static BullaException unknownKey() {
        return new BullaException(ErrorCode.KEY_WRONG, "this key is not known here, or was replaced: make a new one");
    }

    /** A member's side. The host has authenticated the member. No I/O. */
    public Member member(String member) {
        return new Member(wiring, id, Names.check(member, "member"));
    }
}
