package dev.bulla.audit;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;
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
        return new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                "",
                "",
                "",
                "",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                MOST,
                0,
                "");
    }

    public AuditQuery from(Instant value) {
        return new AuditQuery(
                Optional.of(value),
                to,
                tool,
                connection,
                member,
                policy,
                session,
                grant,
                allowed,
                changes,
                limit,
                offset,
                after);
    }

    public AuditQuery to(Instant value) {
        return new AuditQuery(
                from,
                Optional.of(value),
                tool,
                connection,
                member,
                policy,
                session,
                grant,
                allowed,
                changes,
                limit,
                offset,
                after);
    }

    public AuditQuery tool(String value) {
        return new AuditQuery(
                from, to, value, connection, member, policy, session, grant, allowed, changes, limit, offset, after);
    }

    public AuditQuery connection(String value) {
        return new AuditQuery(
                from, to, tool, value, member, policy, session, grant, allowed, changes, limit, offset, after);
    }

    public AuditQuery member(String value) {
        return new AuditQuery(
                from, to, tool, connection, value, policy, session, grant, allowed, changes, limit, offset, after);
    }

    public AuditQuery policy(String value) {
        return new AuditQuery(
                from, to, tool, connection, member, value, session, grant, allowed, changes, limit, offset, after);
    }

    public AuditQuery session(String value) {
        return new AuditQuery(
                from, to, tool, connection, member, policy, value, grant, allowed, changes, limit, offset, after);
    }

    public AuditQuery grant(String value) {
        return new AuditQuery(
                from, to, tool, connection, member, policy, session, value, allowed, changes, limit, offset, after);
    }

    public AuditQuery onlyAllowed() {
        return verdict(true);
    }

    public AuditQuery onlyDenied() {
        return verdict(false);
    }

    private AuditQuery verdict(boolean value) {
        return new AuditQuery(
                from,
                to,
                tool,
                connection,
                member,
                policy,
                session,
                grant,
                Optional.of(value),
                changes,
                limit,
                offset,
                after);
    }

    public AuditQuery onlyUses() {
        return kind(false);
    }

    public AuditQuery onlyChanges() {
        return kind(true);
    }

    private AuditQuery kind(boolean value) {
        return new AuditQuery(
                from,
                to,
                tool,
                connection,
                member,
                policy,
                session,
                grant,
                allowed,
                Optional.of(value),
                limit,
                offset,
                after);
    }

    public AuditQuery limit(int value) {
        return new AuditQuery(
                from, to, tool, connection, member, policy, session, grant, allowed, changes, value, offset, after);
    }

    public AuditQuery offset(int value) {
        return new AuditQuery(
                from, to, tool, connection, member, policy, session, grant, allowed, changes, limit, value, after);
    }

    /** Goes on where a page ended; see {@link AuditPage#next}. */
    public AuditQuery after(String value) {
        return new AuditQuery(
                from, to, tool, connection, member, policy, session, grant, allowed, changes, limit, offset, value);
    }
}
