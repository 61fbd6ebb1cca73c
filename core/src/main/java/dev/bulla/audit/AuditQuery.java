package dev.bulla.audit;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which entries. Empty texts ask for everything. Immutable.
 *
 * @param from inclusive, to the millisecond
 * @param to inclusive, to the millisecond
 * @param tool a part of the tool's name, ignoring case
 * @param connection the name of the connection, exactly
 * @param member the member's id, exactly
 * @param policy id of a policy that decided, exactly
 * @param session id of a session, exactly
 * @param grant id of a grant, exactly
 * @param allowed only what was allowed, or only what was denied
 * @param changes only uses of credentials (false), or only changes (true)
 * @param limit how many at most, 1 to 500
 * @param offset how many are left out, 0 to 100,000; further on goes by {@code after}
 * @param after the cursor of a former page
 */
public record AuditQuery(
        Optional<Instant> from,
        Optional<Instant> to,
        String tool,
        String connection,
        String member,
        String policy,
        String session,
        String grant,
        Optional<Boolean> allowed,
        Optional<Boolean> changes,
        int limit,
        int offset,
        String after) {
    public static final int MOST = 500;
    private static final int FARTHEST = 100_000;

    /** @throws BullaException {@code INVALID_ARGUMENT} for what is out of bounds, and for control characters */
    public AuditQuery {
        if (limit < 1 || limit > MOST || offset < 0 || offset > FARTHEST) {
            throw new BullaException(
                    ErrorCode.INVALID_ARGUMENT,
                    "an audit is read with a limit of 1 to 500 and an offset of 0 to 100000");
        }
        if (!after.chars().allMatch(one -> one >= '0' && one <= '9' || one >= 'a' && one <= 'f')
                || after.length() > 32) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "this is not a cursor of the audit");
        }
        if (Stream.of(tool, connection, member, policy, session, grant)
                .anyMatch(text -> text.chars().anyMatch(Character::isISOControl))) {
            throw new BullaException(
                    ErrorCode.INVALID_ARGUMENT, "what an audit is asked for has no control characters");
        }
    }

    /** Everything, the newest first. */
    public static AuditQuery all() {
        return new Draft().done();
    }

    public AuditQuery from(Instant value) {
        return with(draft -> draft.from = Optional.of(value));
    }

    public AuditQuery to(Instant value) {
        return with(draft -> draft.to = Optional.of(value));
    }

    public AuditQuery tool(String value) {
        return with(draft -> draft.tool = value);
    }

    public AuditQuery connection(String value) {
        return with(draft -> draft.connection = value);
    }

    public AuditQuery member(String value) {
        return with(draft -> draft.member = value);
    }

    public AuditQuery policy(String value) {
        return with(draft -> draft.policy = value);
    }

    public AuditQuery session(String value) {
        return with(draft -> draft.session = value);
    }

    public AuditQuery grant(String value) {
        return with(draft -> draft.grant = value);
    }

    public AuditQuery onlyAllowed() {
        return with(draft -> draft.allowed = Optional.of(true));
    }

    public AuditQuery onlyDenied() {
        return with(draft -> draft.allowed = Optional.of(false));
    }

    public AuditQuery onlyUses() {
        return with(draft -> draft.changes = Optional.of(false));
    }

    public AuditQuery onlyChanges() {
        return with(draft -> draft.changes = Optional.of(true));
    }

    public AuditQuery limit(int value) {
        return with(draft -> draft.limit = value);
    }

    public AuditQuery offset(int value) {
        return with(draft -> draft.offset = value);
    }

    /** Goes on where a page ended; see {@link AuditPage#next}. */
    public AuditQuery after(String value) {
        return with(draft -> draft.after = value);
    }

    private AuditQuery with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.from = from;
        draft.to = to;
        draft.tool = tool;
        draft.connection = connection;
        draft.member = member;
        draft.policy = policy;
        draft.session = session;
        draft.grant = grant;
        draft.allowed = allowed;
        draft.changes = changes;
        draft.limit = limit;
        draft.offset = offset;
        draft.after = after;
        change.accept(draft);
        return draft.done();
    }

    private static final class Draft {
        private Optional<Instant> from = Optional.empty();
        private Optional<Instant> to = Optional.empty();
        private String tool = "";
        private String connection = "";
        private String member = "";
        private String policy = "";
        private String session = "";
        private String grant = "";
        private Optional<Boolean> allowed = Optional.empty();
        private Optional<Boolean> changes = Optional.empty();
        private int limit = MOST;
        private int offset;
        private String after = "";

        private AuditQuery done() {
            return new AuditQuery(
                    from, to, tool, connection, member, policy, session, grant, allowed, changes, limit, offset, after);
        }
    }
}
