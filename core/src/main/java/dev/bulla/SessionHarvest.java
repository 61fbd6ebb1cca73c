package dev.bulla;

import dev.bulla.SessionTools.Way;
import dev.bulla.entity.Harvest;
import dev.bulla.entity.Home;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.gate.Errand;
import dev.bulla.gate.Sendable;
import dev.bulla.model.Harvested;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.store.ConnectionRow;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolCall;
import dev.bulla.use.AccountUse;
import org.jspecify.annotations.Nullable;

/** Lists what one session's account can see, through the gate. */
final class SessionHarvest {
    private final Wiring wiring;
    private final AccountUse use;
    private final Way way;

    SessionHarvest(Wiring wiring, AccountUse use, Way way) {
        this.wiring = wiring;
        this.use = use;
        this.way = way;
    }

    Harvested run(String tenant, String connection, String label, @Nullable String from) {
        ConnectionRow row = wiring.connections().require(tenant, connection);
        Home home = new Home(tenant, row.id(), wiring.registrations().provider(row));
        return new Harvest(wiring.entities(), home, (tool, json) -> list(connection, label, tool, json)).run(from);
    }

    private HttpAnswer list(String connection, String label, String tool, String argumentsJson) {
        return way.pass(connection, label, errand(tool, argumentsJson), passage -> {
            if (!wiring.forwarding().isCommon(use.open(passage.seen()))) {
                throw new BullaException(
                        ErrorCode.HOST_NOT_ALLOWED, "what an address of the member's own says counts for nobody else");
            }
            return wiring.forwarding().send(passage, use, passage.request()).answer();
        });
    }

    private static Errand errand(String name, String argumentsJson) {
        return (passage, rules) -> {
            Tool tool = rules.tools()
                    .tool(name)
                    .filter(rules.rack()::offers)
                    .orElseThrow(() -> new BullaException(
                            ErrorCode.TOOL_UNKNOWN, "the tool that lists, '" + name + "', is not offered"));
            ToolCall call = rules.tools().call(tool, argumentsJson);
            passage.declare(call, Sendable.of(call.request().orElseThrow(), passage));
        };
    }
}
