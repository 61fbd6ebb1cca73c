package dev.bulla.gate;

import dev.bulla.policy.Decision;
import dev.bulla.provider.Provider;
import dev.bulla.provider.UrlTemplate;
import dev.bulla.store.AccountGlance;
import dev.bulla.tool.AnswerKind;
import dev.bulla.tool.Match;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolCall;
import dev.bulla.use.AccountUse;
import dev.bulla.use.Sighting;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call on its way through the gate, and what the steps behind it have found. Used once, by one thread. */
public final class Passage {
    private final Caller caller;
    private final String connection;
    private final String label;
    private final int denials;
    private @Nullable Sighting seen;
    private @Nullable AccountUse use;
    private @Nullable Instant at;
    private @Nullable Provider provider;
    private Supplier<Map<String, String>> parts = Map::of;
    private Errand.Kind kind = Errand.Kind.CALL;
    private String asked = "";
    private @Nullable ToolCall toolCall;
    private @Nullable Tool within;
    private Map<String, Set<String>> attributes = Map.of();
    private @Nullable Match match;
    private @Nullable Sendable sendable;
    private @Nullable Decision decision;
    private String set = "";
    private String entry = "";
    private int status;
    private AnswerKind answer = AnswerKind.DONE;

    /** @param connection name of the connection */
    public Passage(Caller caller, String connection, String label) {
        this.caller = caller;
        this.connection = connection;
        this.label = label;
        this.denials = caller.talk().denials().get();
    }

    public Caller caller() {
        return caller;
    }

    /** Its name, as it was called. */
    public String connection() {
        return connection;
    }

    public String label() {
        return label;
    }

    /** What stands behind the name at this call; null before the step of enablement, and where nothing was found. */
    public @Nullable Sighting found() {
        return seen;
    }

    /** The same, from the step of enablement on. */
    public Sighting seen() {
        return Objects.requireNonNull(seen, "nothing was looked up yet");
    }

    boolean isSeen() {
        return seen != null;
    }

    /** When: by the store's time, where an account was read. */
    public Instant at() {
        return Objects.requireNonNull(at, "nothing was looked up yet");
    }

    public Provider provider() {
        return Objects.requireNonNull(provider, "nothing was looked up yet");
    }

    /** The session's accounts, from the step of enablement on. */
    AccountUse use() {
        return Objects.requireNonNull(use, "nothing was looked up yet");
    }

    /** @param clock for what no time of the store comes with */
    void see(Sighting value, AccountUse by, Clock clock) {
        use = by;
        AccountGlance glance = value.glance();
        seen = value;
        at = glance == null ? clock.instant() : Instant.ofEpochMilli(glance.now());
    }

    /** @param instance reads the parts of the API's address that hang on the connection */
    void know(Provider known, Supplier<Map<String, String>> instance) {
        provider = known;
        parts = instance;
    }

    /** The API's address; null where it is known with the account only. */
    @Nullable
    URI base() {
        UrlTemplate base = provider().api().base();
        if (!Collections.disjoint(provider().accountParts(), base.parts())) {
            return null;
        }
        try {
            return base.expand(parts.get());
        } catch (IllegalArgumentException e) { // a part is not there: forwarding says whose it is
            return null;
        }
    }

    /** Whether a credential may go to an address; to be asked where {@link #base} is known. */
    boolean allows(URI address) {
        return provider().api().allows(address, parts.get());
    }

    /** What is called, and what it touches; null before the step of the resource. */
    public @Nullable Match match() {
        return match;
    }

    /** What policies said; null before their step. */
    public @Nullable Decision decision() {
        return decision;
    }

    /** By which set of policies; the empty string is also what it is before their step. */
    public String set() {
        return set;
    }

    void decide(String by, Decision value) {
        set = by;
        decision = value;
    }

    public Errand.Kind kind() {
        return kind;
    }

    /** What was asked for by name, as it was asked; the empty string where nothing was. */
    String asked() {
        return asked;
    }

    void want(Errand.Kind value, String name) {
        kind = value;
        asked = name;
    }

    /** The tool that was named, with its arguments; null where none was. */
    public @Nullable ToolCall toolCall() {
        return toolCall;
    }

    /** What is known of the resource; empty where no policy asked. */
    public Map<String, Set<String>> attributes() {
        return attributes;
    }

    void knows(Map<String, Set<String>> value) {
        attributes = Map.copyOf(value);
    }

    /** How many calls of the session policies had denied before. */
    public int denials() {
        return denials;
    }

    /** The request that leaves; null where none does, or more than one. */
    public @Nullable Sendable sendable() {
        return sendable;
    }

    /** The same, where one does. */
    public Sendable request() {
        return Objects.requireNonNull(sendable, "nothing is to be sent");
    }

    /**
     * By an {@link Errand}.
     *
     * @param request the one that leaves; null where none does, or more than one
     */
    public void declare(Match touches, @Nullable Sendable request) {
        match = touches;
        sendable = request;
    }

    /** By an {@link Errand} that names a tool. */
    public void declare(ToolCall call, @Nullable Sendable request) {
        toolCall = call;
        declare(call.match(), request);
    }

    /** Id of the audit's entry; empty where none is made, and before that step. */
    public String entry() {
        return entry;
    }

    void begin(String value) {
        entry = value;
    }

    /** The last status of the service; 0 where it was not asked. */
    int status() {
        return status;
    }

    /** What the last answer was; done where there was none. */
    public AnswerKind answer() {
        return answer;
    }

    void answered(int value, AnswerKind kind) {
        status = value;
        answer = kind;
    }

    /** What became of it, by those who read more of the answer. */
    public void judged(AnswerKind kind) {
        answer = kind;
    }

    void within(Tool tool) {
        within = tool;
    }

    /** The tool that was called by its name, or whose own code calls. */
    Optional<Tool> named() {
        return within != null
                ? Optional.of(within)
                : Optional.ofNullable(toolCall).map(ToolCall::tool);
    }

    @Override
    public String toString() {
        return "Passage[" + connection + "]";
    }
}
