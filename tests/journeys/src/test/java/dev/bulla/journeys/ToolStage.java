package dev.bulla.journeys;

import dev.bulla.Connections;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.Obstacle;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolEntry;
import dev.bulla.tool.ToolRequest;
import dev.bulla.tool.ToolResult;
import dev.bulla.tool.ToolSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** A service with tools of its provider and of the host. */
abstract class ToolStage {
    private static final String NOTE = """
            {"properties": {"id": {"type": "string"}}, "required": ["id"]}""";

    final List<HttpCall> sent = new CopyOnWriteArrayList<>();
    private final FakeService service = FakeService.speaking(provider()).api(this::answer);
    final TestBulla world = TestBulla.inMemory(
            setup -> setup.tools(
                    "notes",
                    Tool.named("tidy")
                            .description("Reads a note and removes it")
                            .input(NOTE)
                            .tier(Tier.WRITE)
                            .touches("note", "{id}")
                            .handler((arguments, door) -> {
                                String path =
                                        "/v1/notes/" + arguments.text("id").orElseThrow();
                                ToolResult read = door.call(new ToolRequest("GET", path, Map.of(), null, ""));
                                return read.status() == 200
                                        ? door.call(new ToolRequest("DELETE", path, Map.of(), null, ""))
                                        : read;
                            })
                            .build(),
                    Tool.named("broken")
                            .description("Fails")
                            .tier(Tier.READ)
                            .handler((arguments, door) -> {
                                throw new IllegalStateException("secret words");
                            })
                            .build()),
            service);
    volatile int status = 200;

    private static Provider provider() {
        OAuth2Spec spec = OAuth2Spec.builder("https://notes.example/authorize", "https://notes.example/token")
                .identity("https://notes.example/me", "id", "name")
                .build();
        return Provider.builder("notes", "Notes")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("https://notes.example"))
                .tools(ToolSet.of(ResourceKind.of("note", "Note"))
                        .routes(Route.any("/v1/notes/{id}/**").touches("note", "{id}"))
                        .with(
                                Tool.named("list_notes")
                                        .description("Lists notes")
                                        .input("{\"properties\": {\"q\": {\"type\": \"string\"}}}")
                                        .http(HttpTemplate.get("/v1/notes").query("q"))
                                        .touchesNothing()
                                        .build(),
                                Tool.named("write_note")
                                        .description("Writes a note")
                                        .input("""
                                                {"properties": {"id": {"type": "string"}, "text": {"type": "string"}},
                                                 "required": ["id", "text"]}""")
                                        .http(HttpTemplate.put("/v1/notes/{id}"))
                                        .build(),
                                Tool.named("drop_note")
                                        .description("Drops a note")
                                        .input(NOTE)
                                        .http(HttpTemplate.delete("/v1/notes/{id}"))
                                        .build()))
                .build();
    }

    private dev.bulla.provider.HttpAnswer answer(HttpCall call) {
        sent.add(call);
        return FakeService.json(status, "{\"said\": \"yes\"}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    Connections owner() {
        return world.bulla().tenant("acme").connections();
    }

    Session session(String member) {
        return world.bulla().tenant("acme").member(member).session();
    }

    static List<String> names(Session session) {
        return session.tools().stream().map(ToolEntry::name).toList();
    }

    static BullaException failure(Session session, String name, String arguments) {
        return Stage.failure(() -> session.callTool(name, arguments));
    }

    static List<String> why(Session session, String name) {
        return session.explainTool(name).obstacles().stream()
                .map(Obstacle::code)
                .toList();
    }
}
