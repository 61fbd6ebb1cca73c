package dev.bulla.notice;

import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditEntry.Act;
import dev.bulla.audit.AuditEntry.Caller;
import dev.bulla.audit.AuditEntry.Service;
import dev.bulla.audit.AuditEntry.Verdict;
import dev.bulla.event.AccountEvent;
import dev.bulla.event.BullaEvent;
import dev.bulla.event.ConnectionEvent;
import dev.bulla.event.MemberEvent;
import dev.bulla.store.ConnectionRow;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Changes of credentials as entries of the audit. What merely follows from another event, or from the passing of time, is none. */
final class Changes {
    private static final String CHANGED = "CHANGED";

    private Changes() {}

    static Optional<AuditEntry> entry(BullaEvent event, String by, Clock clock) {
        if (event instanceof AccountEvent account) {
            return account(account, clock);
        }
        if (event instanceof ConnectionEvent.PolicyChanged policy) {
            return Optional.of(policy(policy, by, clock));
        }
        if (event instanceof ConnectionEvent connection) {
            return action(connection).map(action -> connection(connection, action, by, clock));
        }
        return event instanceof MemberEvent member ? member(member, clock) : Optional.empty();
    }

    private static AuditEntry policy(ConnectionEvent.PolicyChanged event, String by, Clock clock) {
        ConnectionEvent.Ref ref = event.connection();
        return AuditEntry.of(
                at(event, clock),
                ref.tenant(),
                "",
                Caller.by(by),
                new Service(ref.id(), ref.name(), ref.provider(), ""),
                Act.of(event.deleted() ? Action.POLICY_DELETED : Action.POLICY_SAVED),
                Verdict.allow(CHANGED, List.of(new AuditEntry.Policy(event.policy(), event.name(), event.version()))));
    }

    private static Optional<AuditEntry> account(AccountEvent event, Clock clock) {
        if (event instanceof AccountEvent.Connected connected) {
            Action action = connected.again() ? Action.ACCOUNT_RECONNECTED : Action.ACCOUNT_CONNECTED;
            return Optional.of(account(event, action, CHANGED, clock));
        }
        if (event instanceof AccountEvent.Disconnected ended) {
            return Optional.of(
                    account(event, Action.ACCOUNT_DISCONNECTED, ended.reason().code(), clock));
        }
        return event instanceof AccountEvent.ReconnectRequired asked
                ? Optional.of(
                        account(event, Action.RECONNECT_REQUIRED, asked.reason().code(), clock))
                : Optional.empty();
    }

    private static AuditEntry account(AccountEvent event, Action action, String reason, Clock clock) {
        AccountEvent.Account account = event.account();
        return AuditEntry.of(
                at(event, clock),
                account.tenant(),
                account.member(),
                Caller.unknown(),
                new Service(account.connectionId(), account.connection(), account.provider(), account.label()),
                Act.of(action),
                Verdict.allow(reason, List.of()));
    }

    private static Optional<Action> action(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.Configured configured) {
            return Optional.of(configured.revision() == 1 ? Action.CONNECTION_CREATED : Action.CONNECTION_SAVED);
        }
        if (event instanceof ConnectionEvent.Enabled) {
            return Optional.of(Action.CONNECTION_ENABLED);
        }
        if (event instanceof ConnectionEvent.Disabled) {
            return Optional.of(Action.CONNECTION_DISABLED);
        }
        return event instanceof ConnectionEvent.Deleted ? Optional.of(Action.CONNECTION_DELETED) : Optional.empty();
    }

    private static AuditEntry connection(ConnectionEvent event, Action action, String by, Clock clock) {
        ConnectionEvent.Ref ref = event.connection();
        return connection(
                ref.tenant(),
                new Service(ref.id(), ref.name(), ref.provider(), ""),
                Act.of(action),
                by,
                at(event, clock));
    }

    private static AuditEntry connection(String tenant, Service service, Act act, String by, Instant at) {
        return AuditEntry.of(at, tenant, "", Caller.by(by), service, act, Verdict.allow(CHANGED, List.of()));
    }

    static AuditEntry retired(ConnectionRow row, int apps, String by, Clock clock) {
        return connection(row, Act.of(Action.APPS_RETIRED).withTool("", "{\"apps\":" + apps + "}"), by, clock);
    }

    /** @param what a word of this library's own */
    static AuditEntry tools(ConnectionRow row, String what, String by, Clock clock) {
        return connection(row, changed(Action.TOOLS_CHANGED, what), by, clock);
    }

    /** @param what a word of this library's own */
    static AuditEntry webhook(ConnectionRow row, String what, String by, Clock clock) {
        return connection(row, changed(Action.WEBHOOK_CHANGED, what), by, clock);
    }

    private static Act changed(Action action, String what) {
        return Act.of(action).withTool("", "{\"change\":\"" + what + "\"}");
    }

    private static AuditEntry connection(ConnectionRow row, Act act, String by, Clock clock) {
        Service service = new Service(row.id(), row.name(), row.provider(), "");
        return connection(row.tenant(), service, act, by, clock.instant());
    }

    private static Optional<AuditEntry> member(MemberEvent event, Clock clock) {
        if (event instanceof MemberEvent.KeyIssued key) {
            return Optional.of(member(event, Action.KEY_ISSUED, key.number(), clock));
        }
        if (event instanceof MemberEvent.KeyRotated key) {
            return Optional.of(member(event, Action.KEY_ROTATED, key.number(), clock));
        }
        if (event instanceof MemberEvent.KeyReset key) {
            return Optional.of(member(event, Action.KEY_RESET, key.number(), clock));
        }
        if (event instanceof MemberEvent.KeyRevoked key) {
            return Optional.of(member(event, Action.KEY_REVOKED, key.number(), clock));
        }
        return event instanceof MemberEvent.Removed
                ? Optional.of(member(event, Action.MEMBER_REMOVED, 0, clock))
                : Optional.empty();
    }

    private static AuditEntry member(MemberEvent event, Action action, int key, Clock clock) {
        return AuditEntry.of(
                at(event, clock),
                event.tenant(),
                event.member(),
                new Caller("", key, "", "", "", ""),
                Service.none(),
                Act.of(action),
                Verdict.allow(CHANGED, List.of()));
    }

    /** Where nobody listens, the database is not asked for its time. */
    private static Instant at(BullaEvent event, Clock clock) {
        return event.at().toEpochMilli() == 0 ? clock.instant() : event.at();
    }
}
