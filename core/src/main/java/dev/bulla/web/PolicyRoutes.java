package dev.bulla.web;

import static dev.bulla.web.Endpoint.owner;

import dev.bulla.ConnectionPolicies;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.json.JsonRefused;
import dev.bulla.json.JsonTree;
import dev.bulla.policy.Decision;
import dev.bulla.policy.Finding;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyDiff;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.policy.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The policies of an owner's connections. The query names another set than that of all members. */
final class PolicyRoutes {
    private static final String PATH = "connections/{connection}/policies";
    private static final String ONE = PATH + "/{policy}";

    private PolicyRoutes() {}

    static final List<Endpoint> ALL = List.of(
            owner("GET", PATH, PolicyRoutes::list),
            owner(
                    "POST",
                    PATH,
                    call -> view(policies(call).create(policy(call.body().only("policy"))))
                            .answer(201)),
            owner("GET", PATH + "/history", call -> versions(policies(call).history())),
            owner("POST", PATH + "/preview", PolicyRoutes::preview),
            owner("POST", PATH + "/simulate", PolicyRoutes::simulate),
            owner("PUT", ONE, PolicyRoutes::replace),
            owner("DELETE", ONE, PolicyRoutes::delete),
            owner("GET", ONE + "/versions", call -> versions(policies(call).versions(id(call)))),
            owner("GET", ONE + "/diff", PolicyRoutes::diff),
            owner("POST", ONE + "/enable", call -> {
                call.body().only();
                return view(policies(call).enable(id(call))).ok();
            }),
            owner("POST", ONE + "/disable", call -> {
                call.body().only();
                return view(policies(call).disable(id(call))).ok();
            }),
            owner("POST", ONE + "/roll-back", call -> {
                long version = call.body().only("version").number("version").orElseThrow(() -> refused("version"));
                return view(policies(call).rollBack(id(call), version)).ok();
            }));

    private static ConnectionPolicies policies(Call call) {
        return call.connections().policies(call.connection()).forSet(call.parameter("set"));
    }

    private static String id(Call call) {
        return call.variable("policy");
    }

    private static WebResponse list(Call call) {
        ConnectionPolicies policies = policies(call);
        return new Fields()
                .each("policies", policies.list(), PolicyRoutes::view)
                .put("sets", policies.sets())
                .each("findings", policies.lint(), PolicyRoutes::finding)
                .ok();
    }

    private static WebResponse versions(List<PolicyVersion> versions) {
        return new Fields().each("versions", versions, PolicyRoutes::view).ok();
    }

    private static Fields view(PolicyVersion version) {
        Fields view = new Fields()
                .put("id", version.id())
                .put("version", version.version())
                .put("set", version.set())
                .put("state", version.state().name())
                .put("author", version.author())
                .put("at", version.at().toString());
        return version.policy()
                .map(policy -> view.put("policy", tree(policy)).put("preview", policy.preview()))
                .orElse(view);
    }

    private static Map<String, Object> tree(Policy policy) {
        try {
            return JsonTree.within(8, 64 << 10).object(policy.toJson());
        } catch (JsonRefused e) {
            throw new IllegalStateException("a policy is written as JSON");
        }
    }

    private static Fields finding(Finding finding) {
        return new Fields()
                .put("kind", finding.kind().name())
                .put("policy", finding.policy())
                .put("message", finding.message());
    }

    private static Policy policy(Body body) {
        return Policy.fromJson(body.tree("policy").orElseThrow(() -> refused("policy")));
    }

    /** Saves nothing. */
    private static WebResponse preview(Call call) {
        Policy policy = policy(call.body().only("policy"));
        call.connections().get(call.connection());
        return new Fields()
                .put("preview", policy.preview())
                .put("cedar", policy.toCedar())
                .ok();
    }

    /** A version says from which one the change was made. */
    private static WebResponse replace(Call call) {
        Body body = call.body().only("policy", "version");
        Policy policy = policy(body);
        ConnectionPolicies policies = policies(call);
        Optional<Long> version = body.number("version");
        if (version.isEmpty()) {
            return view(policies.replace(id(call), policy)).ok();
        }
        PolicyVersion seen = policies.versions(id(call)).stream()
                .filter(one -> one.version() == version.get())
                .findFirst()
                .orElseThrow(() -> refused("version"));
        return view(policies.replace(seen, policy)).ok();
    }

    private static WebResponse delete(Call call) {
        call.body().only();
        policies(call).delete(id(call));
        return list(call);
    }

    private static WebResponse diff(Call call) {
        PolicyDiff diff = policies(call)
                .diff(id(call), number(call.parameter("from"), "from"), number(call.parameter("to"), "to"));
        return new Fields()
                .each(
                        "changes",
                        diff.changes(),
                        change -> new Fields()
                                .put("field", change.field())
                                .put("before", change.before())
                                .put("after", change.after()))
                .put("text", diff.text())
                .ok();
    }

    /** All policies of the set, as they would be, on the calls of the last hours. */
    private static WebResponse simulate(Call call) {
        Body body = call.body().only("policies", "hours");
        List<Policy> policies = body.trees("policies").orElseThrow(() -> refused("policies")).stream()
                .map(Policy::fromJson)
                .toList();
        long hours = body.number("hours").orElse(24L);
        if (hours < 1 || hours > 24 * 31) {
            throw refused("hours");
        }
        Simulation done = policies(call).simulate(policies, Duration.ofHours(hours));
        return new Fields()
                .put("calls", done.calls())
                .put("before", done.before())
                .put("after", done.after())
                .put("changed", done.changed())
                .put("unmatched", done.unmatched())
                .put("skipped", done.skipped())
                .put("complete", done.complete())
                .each("rows", done.rows(), PolicyRoutes::row)
                .ok();
    }

    private static Fields row(Simulation.Row row) {
        return new Fields()
                .put("entry", row.entry())
                .put("at", row.at().toString())
                .put("member", row.member())
                .put("tool", row.tool())
                .put("wasAllowed", row.wasAllowed())
                .put("before", decision(row.before()))
                .put("after", decision(row.after()));
    }

    private static Fields decision(Decision decision) {
        return new Fields()
                .put("allowed", decision.allowed())
                .put("reason", decision.reason().name())
                .each(
                        "policies",
                        decision.matched(),
                        one -> new Fields()
                                .put("id", one.id())
                                .put("name", one.name())
                                .put("version", one.version()));
    }

    private static long number(String text, String name) {
        if (!text.matches("[0-9]{1,15}")) {
            throw refused(name);
        }
        return Long.parseLong(text);
    }

    private static BullaException refused(String name) {
        return new BullaException(ErrorCode.INVALID_ARGUMENT, "'" + name + "' is missing, or not as it must be");
    }
}
