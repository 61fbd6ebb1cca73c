package dev.bulla.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One decision, allowed or denied, or one change of a credential. Texts that are not known, or do not apply, are empty. Immutable.
 *
 * @param id sorts by time; unique
 * @param at when it was decided
 * @param tenant the tenant
 * @param member the member; empty for what an owner did
 * @param caller who asked
 * @param service which connection
 * @param act what was asked
 * @param verdict what was decided, and why
 * @param result what came of it
 */
public record AuditEntry(
        String id,
        Instant at,
        String tenant,
        String member,
        Caller caller,
        Service service,
        Act act,
        Verdict verdict,
        Result result) {
    /** A new entry, with an id of its own and no result yet. */
    public static AuditEntry of(
            Instant at, String tenant, String member, Caller caller, Service service, Act act, Verdict verdict) {
        return new AuditEntry(AuditId.next(at), at, tenant, member, caller, service, act, verdict, Result.none());
    }

    /** The same with its result. */
    public AuditEntry with(Result value) {
        return new AuditEntry(id, at, tenant, member, caller, service, act, verdict, value);
    }

    /**
     * Who asked.
     *
     * @param session id of the session; it opens nothing
     * @param key number of the member's key, 0 without one; never the key
     * @param grant id of the grant made from the key
     * @param remote address of the caller, as the host gave it
     * @param client the caller's own name for its session
     * @param by who acted, where that was not the member: the name that the owner gave
     */
    public record Caller(String session, int key, String grant, String remote, String client, String by) {
        public static Caller unknown() {
            return by("");
        }

        public static Caller by(String name) {
            return new Caller("", 0, "", "", "", name);
        }
    }

    /**
     * Which connection.
     *
     * @param id of the connection
     * @param name of the connection, at that time
     * @param provider provider id
     * @param label which of several accounts
     */
    public record Service(String id, String name, String provider, String label) {
        public static Service none() {
            return new Service("", "", "", "");
        }
    }

    /**
     * What was asked.
     *
     * @param action its kind
     * @param tool name of the tool, with the service before it
     * @param method of HTTP
     * @param path its template, or its shape: no query, and a star for each part that may be more than a word
     * @param tier {@code READ}, {@code WRITE} or {@code DESTRUCTIVE}
     * @param resourceKind kind of the resource, such as {@code repository}
     * @param resourceId the resource, in its canonical form
     * @param arguments JSON, redacted
     */
    public record Act(
            Action action,
            String tool,
            String method,
            String path,
            String tier,
            String resourceKind,
            String resourceId,
            String arguments) {
        public static Act of(Action action) {
            return new Act(action, "", "", "", "", "", "", "");
        }

        public Act withTool(String name, String jsonArguments) {
            return new Act(action, name, method, path, tier, resourceKind, resourceId, jsonArguments);
        }

        /** @param value a template, or what {@link PathShape} makes of a path */
        public Act withHttp(String verb, String value) {
            return new Act(action, tool, verb, value, tier, resourceKind, resourceId, arguments);
        }

        public Act withTier(String value) {
            return new Act(action, tool, method, path, value, resourceKind, resourceId, arguments);
        }

        public Act withResource(String kind, String id) {
            return new Act(action, tool, method, path, tier, kind, id, arguments);
        }
    }

    /**
     * What was decided.
     *
     * @param allowed whether it was let through
     * @param reason stable code; for a refusal that of the error
     * @param policies those that decided
     * @param message what the policy that denied says to the caller
     * @param facts what it was decided by, beside what the entry says anyway
     */
    public record Verdict(boolean allowed, String reason, List<Policy> policies, String message, Facts facts) {
        public Verdict {
            policies = List.copyOf(policies);
        }

        public static Verdict allow(String reason, List<Policy> policies) {
            return new Verdict(true, reason, policies, "", Facts.none());
        }

        public static Verdict deny(String reason, List<Policy> policies, String message) {
            return new Verdict(false, reason, policies, message, Facts.none());
        }

        public Verdict with(Facts value) {
            return new Verdict(allowed, reason, policies, message, value);
        }
    }

    /** One version of a policy. */
    public record Policy(String id, String name, long version) {}

    /**
     * What policies looked at, so that the decision can be made again.
     *
     * @param toolUnclear whether the call might be another tool than the one named
     * @param sight {@code NONE}, {@code KNOWN} or {@code UNCLEAR}: whether the resource was known
     * @param denials how many calls of the session had been denied before
     * @param set name of the policy set
     * @param rulesNo number of the rules of the connection
     * @param attributes what was known of the resource
     */
    public record Facts(
            boolean toolUnclear,
            String sight,
            int denials,
            String set,
            long rulesNo,
            Map<String, Set<String>> attributes) {
        public Facts {
            attributes = Map.copyOf(attributes);
        }

        public static Facts none() {
            return new Facts(false, "", 0, "", 0, Map.of());
        }
    }

    /**
     * What came of it.
     *
     * @param took from the decision to the end of the service's answer
     * @param status of the service's answer; 0 where there is none
     * @param outcome {@code ANSWERED}; a name of {@link dev.bulla.tool.AnswerKind} where a success reports a failure; the code of the error;
     *     {@code UNKNOWN} where nobody said; empty for what was denied
     */
    public record Result(Duration took, int status, String outcome) {
        public static final String ANSWERED = "ANSWERED";
        public static final String UNKNOWN = "UNKNOWN";

        public static Result none() {
            return new Result(Duration.ZERO, 0, "");
        }
    }
}
