package dev.bulla.gate;

import dev.bulla.tool.Match;
import dev.bulla.tool.Sight;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolRequest;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a call is about. It says so in the gate's step of the resource, when the connection and its tools are known. */
@FunctionalInterface
public interface Errand {
    /** What a call is about, in words that the rest of the gate understands. */
    enum Kind {
        /** A request to the service's API. */
        CALL,
        /** A tool by its name. */
        TOOL,
        /** The hand-out of a token. */
        TOKEN,
        /** Something else that sessions do. */
        SESSION
    }

    default Kind kind() {
        return Kind.TOOL;
    }

    /** What was asked for by name, be there such a thing or not; the empty string where nothing was. */
    default String asked() {
        return "";
    }

    /** Tells the passage what is called, and what that touches; refuses what can not be sent. */
    void declare(Passage passage, Rules rules);

    /** A request to the service's API. */
    static Errand call(ToolRequest request) {
        return calling((passage, rules) -> {
            Sendable sendable = Sendable.of(request, passage);
            passage.declare(
                    rules.tools().match(request.method(), sendable.target(), sendable.names(), passage::base),
                    sendable);
        });
    }

    /** A request that is judged in a way of its own. */
    static Errand calling(BiConsumer<Passage, Rules> declaration) {
        return new Errand() {
            @Override
            public Kind kind() {
                return Kind.CALL;
            }

            @Override
            public void declare(Passage passage, Rules rules) {
                declaration.accept(passage, rules);
            }
        };
    }

    /**
     * A request by which an address for webhooks is registered or taken back. A provider's data makes it and nobody else, so what can be sent
     * to its address otherwise does not count: it is a change, and none of the tools. What it touches hangs on its path, as ever.
     */
    static Errand registering(ToolRequest request) {
        return calling((passage, rules) -> {
            Sendable sendable = Sendable.of(request, passage);
            Sight touched =
                    rules.tools().match(request.method(), sendable.target()).resource();
            passage.declare(new Match(Optional.empty(), false, Tier.WRITE, touched), sendable);
        });
    }

    /** A request that the code of a tool sends: judged as a call, and covered by a grant of that tool. */
    static Errand within(Tool tool, ToolRequest request) {
        Errand call = call(request);
        return new Errand() {
            @Override
            public Kind kind() {
                return call.kind();
            }

            @Override
            public void declare(Passage passage, Rules rules) {
                passage.within(tool);
                call.declare(passage, rules);
            }
        };
    }

    /** The hand-out of a token, with which anything can be done. */
    Errand TOKEN = new Errand() {
        private final Match anything = new Match(Optional.empty(), false, Tier.DESTRUCTIVE, Sight.unclear());

        @Override
        public Kind kind() {
            return Kind.TOKEN;
        }

        @Override
        public void declare(Passage passage, Rules rules) {
            passage.declare(anything, null);
        }
    };
}
