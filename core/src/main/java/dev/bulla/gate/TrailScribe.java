package dev.bulla.gate;

import dev.bulla.audit.Action;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditEntry.Act;
import dev.bulla.audit.AuditEntry.Facts;
import dev.bulla.audit.AuditEntry.Policy;
import dev.bulla.audit.AuditEntry.Service;
import dev.bulla.audit.AuditEntry.Verdict;
import dev.bulla.audit.PathShape;
import dev.bulla.error.BullaException;
import dev.bulla.error.CallRefused;
import dev.bulla.error.ErrorCode;
import dev.bulla.policy.Decision;
import dev.bulla.store.ConnectionRow;
import dev.bulla.tool.AnswerKind;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.Match;
import dev.bulla.tool.Sight;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolCall;
import dev.bulla.tool.ToolName;
import dev.bulla.trail.AuditTrail;
import dev.bulla.trail.Redaction;
import dev.bulla.use.Sighting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes passages into the audit's trail. Thread-safe. */
public final class TrailScribe implements Scribe {
    private final AuditTrail trail;

    public TrailScribe(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public Line begin(Passage passage) {
        if (!trail.isOn()) {
            return Line.NONE;
        }
        Decision decision = passage.decision();
        String reason = decision == null ? "" : decision.reason().name();
        AuditTrail.Open open = trail.begin(
                entry(passage, Verdict.allow(reason, policies(decision)).with(facts(passage))));
        return new Line() {
            @Override
            public String entry() {
                return open.id();
            }

            @Override
            public void answered(int status, AnswerKind kind) {
                if (kind == AnswerKind.of(status)) {
                    open.answered(status);
                } else {
                    open.answered(status, kind.name());
                }
            }

            @Override
            public void failed(ErrorCode code) {
                open.failed(code.name());
            }

            @Override
            public void lost() {
                open.close();
            }
        };
    }

    @Override
    public void refused(Passage passage, BullaException refusal) {
        if (trail.isOn()) {
            String message = refusal instanceof CallRefused call ? call.denyMessage() : "";
            Decision decision = passage.decision();
            String reason = decision == null || refusal.code() != ErrorCode.POLICY_DENIED
                    ? refusal.code().name()
                    : decision.reason().name();
            Verdict verdict = Verdict.deny(reason, policies(decision), message);
            trail.denied(entry(passage, verdict.with(facts(passage))));
        }
    }

    @Override
    public void skipped(Passage passage) {
        trail.skipped(passage.caller().tenant(), passage.caller().member());
    }

    private AuditEntry entry(Passage passage, Verdict verdict) {
        Caller caller = passage.caller();
        return AuditEntry.of(
                passage.isSeen() ? passage.at() : trail.clock().instant(),
                caller.tenant(),
                caller.member(),
                new AuditEntry.Caller(
                        caller.talk().id(),
                        caller.keyNo(),
                        caller.grantId(),
                        caller.origin().remote(),
                        caller.origin().clientSession(),
                        ""),
                service(passage),
                act(passage),
                verdict);
    }

    private static Service service(Passage passage) {
        Sighting seen = passage.found();
        if (seen == null) {
            return new Service("", passage.connection(), "", passage.label());
        }
        ConnectionRow connection = seen.connection();
        return new Service(connection.id(), connection.name(), connection.provider(), passage.label());
    }

    private static Act act(Passage passage) {
        Match match = passage.match();
        Act act = Act.of(action(passage.kind()));
        if (match == null) {
            return asked(act, passage);
        }
        act = act.withTier(match.tier().name());
        if (match.resource() instanceof Sight.Known known) {
            act = act.withResource(known.resource().kind(), known.resource().id());
        }
        Sendable sendable = passage.sendable();
        HttpTemplate template = match.tool().flatMap(Tool::http).orElse(null);
        if (sendable != null) {
            act = act.withHttp(
                    sendable.request().method(),
                    template == null ? PathShape.of(sendable.target().path()) : template.path());
        }
        return match.tool().isEmpty()
                ? act
                : withTool(act, passage, match.tool().get());
    }

    /** Before a tool is known, its name is what a caller has made up. */
    private static Act asked(Act act, Passage passage) {
        String name = passage.asked();
        if (name.isEmpty()) {
            return act;
        }
        return passage.kind() == Errand.Kind.TOOL
                ? act.withTool(Redaction.name(name), "")
                : act.withTool("", "{\"verb\":\"" + name + "\"}");
    }

    private static Act withTool(Act act, Passage passage, Tool tool) {
        ToolCall call = passage.toolCall();
        String arguments = call == null
                ? ""
                : Redaction.of(tool.inputSchema()).arguments(call.arguments().values());
        String name = passage.asked().isEmpty()
                ? new ToolName(ToolName.slug(passage.connection()), tool.name()).toString()
                : passage.asked();
        return act.withTool(name, arguments);
    }

    private static Action action(Errand.Kind kind) {
        return switch (kind) {
            case CALL -> Action.CALL;
            case TOOL -> Action.TOOL;
            case TOKEN -> Action.TOKEN;
            case SESSION -> Action.SESSION;
        };
    }

    private static List<Policy> policies(@Nullable Decision decision) {
        return decision == null || decision.matched().isEmpty()
                ? List.of()
                : decision.matched().stream()
                        .map(ref -> new Policy(ref.id(), ref.name(), ref.version()))
                        .toList();
    }

    private static Facts facts(Passage passage) {
        Match match = passage.match();
        if (match == null) {
            return Facts.none();
        }
        String sight = match.resource() instanceof Sight.Known
                ? "KNOWN"
                : match.resource() instanceof Sight.None ? "NONE" : "UNCLEAR";
        return new Facts(
                match.unclear(),
                sight,
                passage.denials(),
                passage.set(),
                passage.seen().rulesNo(),
                passage.attributes());
    }
}
