package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.ConnectionPolicies;
import dev.bulla.Session;
import dev.bulla.error.CallRefused;
import dev.bulla.event.BullaEvent;
import dev.bulla.policy.Baseline;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.provider.EntitySource;
import dev.bulla.provider.Provider;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.PolicyRow;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Route;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A connection with its first policies, and a member who calls. */
abstract class PolicyStage {
    static final ApiRequest READ = ApiRequest.get("/api/me");
    static final ApiRequest DELETE = ApiRequest.of("DELETE", "/api/me");

    final World world = new World();
    final List<BullaEvent> events = new CopyOnWriteArrayList<>();
    Session session;

    @BeforeEach
    void connect() {
        begin(Baseline.standard());
    }

    void begin(Baseline baseline) {
        world.bulla.close();
        world.bulla = node(baseline);
        world.connection("notes");
        world.connect("alice", "notes", "anna");
        session = world.member("alice").session();
    }

    Bulla node(Baseline baseline) {
        return world.start(world.store, setup -> setup.baseline(baseline).listener(events::add), demo());
    }

    Provider demo() {
        return world.provider("demo", world.spec().build())
                .tools(ToolSet.of(ResourceKind.of("page", "Page").ignoringCase())
                        .with(Tool.named("me")
                                .description("Who it is.")
                                .http(HttpTemplate.get("/api/me"))
                                .touchesNothing()
                                .build())
                        .routes(Route.any("/pages/{page}").touches("page", "{page}")))
                .entities(EntitySource.of("page", "Pages", "me").attribute("visibility", "visibility"))
                .custom()
                .build();
    }

    @AfterEach
    void close() {
        session.close();
        world.close();
    }

    ConnectionPolicies policies() {
        return world.owner().by("olivia").policies("notes");
    }

    PolicyVersion named(String name) {
        return policies().list().stream()
                .filter(version -> version.policy().orElseThrow().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    void allowed(ApiRequest request) {
        assertThatCode(() -> session.call("notes", request)).doesNotThrowAnyException();
    }

    CallRefused denied(ApiRequest request) {
        long before = world.server.journal().apiCalls().size();
        CallRefused refusal = denied(() -> session.call("notes", request));
        assertThat(world.server.journal().apiCalls()).hasSize((int) before);
        return refusal;
    }

    static CallRefused denied(Runnable call) {
        return (CallRefused) Stage.failure(call::run);
    }

    void deleteAll() {
        policies().list().forEach(version -> policies().delete(version.id()));
    }

    /** A newer version has written it. */
    void spoil(PolicyVersion read) {
        ConnectionRow row =
                world.store.connections().findByName(World.TENANT, "notes").orElseThrow();
        String newer =
                read.policy().orElseThrow().toJson().replace("{\"name\"", "{\"onlyFrom\":\"10.0.0.0/8\",\"name\"");
        world.store
                .policies()
                .put(
                        new PolicyRow(World.TENANT, row.id(), "", read.id(), 0, newer, "olivia", "attempt", 0),
                        row.rulesNo());
    }
}
