package dev.bulla.integrations.mcp;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.integrations.mcp.Conversations.Conversation;
import dev.bulla.integrations.mcp.Messages.Message;
import dev.bulla.model.Origin;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MCP server over Streamable HTTP: the tools of a tenant, for whoever bears a member's key or a grant. Any adapter carries it, for
 * instance over the JDK's server:
 *
 * <pre>{@code
 * server.createContext("/mcp/", BullaHttpHandler.of(
 *         BullaMcpHandler.builder(bulla, Tenants.behind("/mcp/")).build()));
 * }</pre>
 *
 * <p><b>Who asks.</b> {@code Authorization: Bearer} with a key or a grant. {@code tools/list} is what this member can use now, {@code
 * tools/call} passes the gate as {@link Session#callTool}. A session of the protocol is its bearer's alone: with another one its id is
 * unknown. It lives on the node that began it, until half an hour after its last request, so several nodes need sticky routing; a client
 * whose session is gone (404) begins a new one. Of 20 sessions of a bearer, 200 of a member and 10,000 of all, the least
 * recently used makes room.
 *
 * <p><b>Answers</b> are JSON, never a stream; GET is refused, because nothing is sent unasked.
 *
 * <table>
 * <caption>HTTP status and JSON-RPC code</caption>
 * <tr><td>401</td><td>-32600</td><td>no bearer, or one that is not known: two messages, and {@code WWW-Authenticate}</td></tr>
 * <tr><td>403</td><td>-32600</td><td>an {@code Origin} that is not allowed; a member or tenant that the host does not let in</td></tr>
 * <tr><td>404</td><td>-32600</td><td>no such tenant, or no such session</td></tr>
 * <tr><td>405</td><td></td><td>anything but POST and DELETE</td></tr>
 * <tr><td>400</td><td>-32700</td><td>no JSON; -32600 for no message, no session id, or a protocol version that is not known</td></tr>
 * <tr><td>200</td><td>-32600</td><td>denied by a policy or by the grant, or of no form that is sent; a service that is switched off</td></tr>
 * <tr><td>200</td><td>-32601</td><td>a method or tool that there is not; -32602 for a name that is not {@code service__tool}</td></tr>
 * <tr><td>412</td><td>-32603</td><td>the member has no usable account there</td></tr>
 * <tr><td>429</td><td>-32600</td><td>too many calls of this bearer, with {@code Retry-After}</td></tr>
 * <tr><td>503</td><td>-32603</td><td>the store or the audit is away, or the session ended during a call</td></tr>
 * <tr><td>502, 504</td><td>-32603</td><td>the service was not reached, asks for a pause, or took too long</td></tr>
 * </table>
 *
 * What a service answers is a result, with {@code isError} where it is an error; so are arguments that do not fit, for a model to see.
 * Thread-safe.
 */
public final class BullaMcpHandler implements WebHandler {
    private static final Logger LOG = LoggerFactory.getLogger(BullaMcpHandler.class);
    private static final List<String> VERSIONS =
            List.of(ProtocolVersions.MCP_2025_03_26, ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_11_25);

    private static final String GONE = "there is no such session: begin a new one";

    private final Bulla bulla;
    private final Tenants tenants;
    private final Set<String> origins;
    private final McpSchema.Implementation info;
    private final @Nullable String instructions;
    private final Messages messages = new Messages(McpJsonDefaults.getMapper());
    private final ToolCalls tools = new ToolCalls(messages);
    private final Conversations conversations;

    private BullaMcpHandler(Builder setup) {
        bulla = setup.bulla;
        tenants = setup.tenants;
        origins = Set.copyOf(setup.origins);
        info = McpSchema.Implementation.builder(setup.name, setup.version).build();
        instructions = setup.instructions;
        conversations = new Conversations(setup.clock);
    }

    public static Builder builder(Bulla bulla, Tenants tenants) {
        return new Builder(bulla, tenants);
    }

    @Override
    public WebResponse handle(WebRequest request) {
        try {
            return answer(request);
        } catch (Refused e) {
            return messages.error(null, e);
        } catch (RuntimeException e) { // its text may hold values
            LOG.warn("a request failed: {}", e.getClass().getName());
            return messages.error(null, Refused.failed());
        }
    }

    private WebResponse answer(WebRequest request) {
        checkOrigin(request);
        String tenant = tenants.of(request).filter(this::canBe).orElseThrow(() -> notFound("there is no such address"));
        if (!request.method().equals("POST") && !request.method().equals("DELETE")) {
            return messages.error(null, new Refused(405, ErrorCodes.INVALID_REQUEST, "only POST and DELETE go here"))
                    .header("Allow", "POST, DELETE");
        }
        Bearer bearer = Bearer.of(request).orElseThrow(Refused::anonymous);
        Asking asking = new Asking(request, tenant, bearer);
        if (request.method().equals("DELETE")) {
            return ended(asking);
        }
        Message message = messages.read(body(request));
        try {
            return message.isRequest() ? requested(asking, message) : noted(asking, message);
        } catch (Refused e) {
            return messages.error(message.id(), e);
        } catch (BullaException e) {
            return messages.error(message.id(), Refusals.of(e, tenant, "", ""));
        } catch (RuntimeException e) { // its text may hold values
            LOG.warn("a request failed: {}", e.getClass().getName());
            return messages.error(message.id(), Refused.failed());
        }
    }

    private boolean canBe(String tenant) {
        try {
            bulla.tenant(tenant);
            return true;
        } catch (BullaException | IllegalArgumentException e) { // of no form that a tenant's name has
            return false;
        }
    }

    /** Who asks for what. */
    private record Asking(WebRequest request, String tenant, Bearer bearer) {
        String digest() {
            return bearer.digest(tenant);
        }
    }

    private void checkOrigin(WebRequest request) {
        Optional<String> origin = request.header("origin");
        if (origin.isPresent() && !origins.contains(origin.get())) {
            throw new Refused(403, ErrorCodes.INVALID_REQUEST, "requests from this origin are not allowed");
        }
    }

    private static String body(WebRequest request) {
        String type = request.header("content-type").orElse("").split(";", 2)[0].strip();
        if (!type.toLowerCase(Locale.ROOT).equals("application/json")) {
            throw new Refused(415, ErrorCodes.INVALID_REQUEST, "messages are application/json");
        }
        return request.body();
    }

    private WebResponse requested(Asking asking, Message message) {
        Object id = Objects.requireNonNull(message.id());
        String method = Objects.requireNonNull(message.method());
        if (method.equals(McpSchema.METHOD_INITIALIZE)) {
            return begun(asking, id, message.params());
        }
        Conversation conversation = conversation(asking);
        return switch (method) {
            case McpSchema.METHOD_PING -> messages.result(id, Map.of());
            case McpSchema.METHOD_TOOLS_LIST -> messages.result(id, in(asking, conversation, tools::list));
            case McpSchema.METHOD_TOOLS_CALL ->
                messages.result(
                        id,
                        in(asking, conversation, session -> tools.call(session, asking.tenant(), message.params())));
            default ->
                throw new Refused(
                        200, ErrorCodes.METHOD_NOT_FOUND, "the method is not known in '" + asking.tenant() + "'");
        };
    }

    private WebResponse begun(Asking asking, Object id, Map<String, Object> params) {
        Session session = open(asking);
        String asked = params.get("protocolVersion") instanceof String text ? text : "";
        String version = VERSIONS.contains(asked) ? asked : VERSIONS.get(VERSIONS.size() - 1);
        McpSchema.InitializeResult result = McpSchema.InitializeResult.builder(
                        version,
                        McpSchema.ServerCapabilities.builder().tools(false).build(),
                        info)
                .instructions(instructions)
                .build();
        return messages.result(id, result)
                .header("Mcp-Session-Id", conversations.begin(asking.tenant(), asking.digest(), session));
    }

    /** Notifications and answers: nothing here waits for one. */
    private WebResponse noted(Asking asking, Message message) {
        conversation(asking);
        LOG.debug("a message without an answer: {}", message.method() == null ? "an answer" : "a notification");
        return new WebResponse(202, Map.of("Cache-Control", List.of("no-store")), "");
    }

    private WebResponse ended(Asking asking) {
        conversation(asking);
        asking.request().header(HttpHeaders.MCP_SESSION_ID).ifPresent(conversations::end);
        return new WebResponse(204, Map.of("Cache-Control", List.of("no-store")), "");
    }

    private Conversation conversation(Asking asking) {
        Optional<String> version = asking.request().header(HttpHeaders.PROTOCOL_VERSION);
        if (version.isPresent() && !VERSIONS.contains(version.get())) {
            throw new Refused(400, ErrorCodes.INVALID_REQUEST, "the protocol version is not known");
        }
        Optional<String> id = asking.request().header(HttpHeaders.MCP_SESSION_ID);
        Optional<Conversation> found = id.flatMap(known -> conversations.find(known, asking.digest()));
        if (found.isPresent()) {
            return found.get();
        }
        open(asking).close(); // who asks comes before what is asked for
        throw id.isPresent()
                ? notFound(GONE)
                : new Refused(400, ErrorCodes.INVALID_REQUEST, "Mcp-Session-Id is missing");
    }

    /** In the library's session behind the conversation. Work that has begun is never begun again, because a part of it may be done. */
    private <T> T in(Asking asking, Conversation conversation, Function<Session, T> work) {
        Session session = conversation.session(() -> open(asking));
        if (session == null) {
            throw notFound(GONE);
        }
        try {
            return work.apply(session);
        } catch (BullaException e) {
            if (e.code() == ErrorCode.SESSION_CLOSED) {
                open(asking).close(); // by a key that counts no more, say: then that is the answer
            }
            throw e;
        }
    }

    private Session open(Asking asking) {
        try {
            String conversation =
                    asking.request().header(HttpHeaders.MCP_SESSION_ID).orElse("");
            Origin origin = new Origin(asking.request().remote(), conversation.length() > 64 ? "" : conversation);
            return bulla.tenant(asking.tenant()).open(asking.bearer().reveal(), origin);
        } catch (BullaException e) {
            throw Refusals.of(e, asking.tenant(), "", "");
        }
    }

    private static Refused notFound(String message) {
        return new Refused(404, ErrorCodes.INVALID_REQUEST, message);
    }

    /** Sets a server up. Not thread-safe. */
    public static final class Builder {
        private final Bulla bulla;
        private final Tenants tenants;
        private final Set<String> origins = new HashSet<>();
        private String name = "bulla";
        private String version = "1";
        private @Nullable String instructions;
        private InstantSource clock = InstantSource.system();

        private Builder(Bulla bulla, Tenants tenants) {
            this.bulla = Objects.requireNonNull(bulla);
            this.tenants = Objects.requireNonNull(tenants);
        }

        /** What the server calls itself to clients. */
        public Builder called(String serverName, String serverVersion) {
            name = serverName;
            version = serverVersion;
            return this;
        }

        /** What a client may tell its model about these tools. */
        public Builder instructions(String text) {
            instructions = text;
            return this;
        }

        /**
         * Pages of this origin may call, such as {@code https://app.example.com}. Requests without an {@code Origin} come from no page; of
         * those with one, all others are refused, so that no page reaches a server by a name that was bound anew.
         */
        public Builder allowOrigin(String origin) {
            origins.add(origin);
            return this;
        }

        /** By which sessions of the protocol end; for tests. */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        public BullaMcpHandler build() {
            return new BullaMcpHandler(this);
        }
    }
}
