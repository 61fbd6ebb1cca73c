package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.bulla.web.BullaHandlers;
import dev.bulla.web.Limits;
import dev.bulla.web.Route;
import dev.bulla.web.WebResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the API says what the API does: every address, and nothing else; every request and every answer of a tour. */
class OpenApiTest {
    private static final String PLACE = "https://bulla.example/openapi.json";
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode document = JSON.readTree(BullaHandlers.openApi());

    private static void each(JsonNode node, Consumer<ObjectNode> look) {
        if (node instanceof ObjectNode object) {
            look.accept(object);
        }
        node.forEach(child -> each(child, look));
    }

    private JsonNode operation(Route route) {
        return document.path("paths")
                .path("/" + route.path())
                .path(route.method().toLowerCase(java.util.Locale.ROOT));
    }

    private List<Route> described() {
        List<Route> routes = new ArrayList<>();
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .propertyStream()
                        .forEach(operation -> routes.add(new Route(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey().substring(1),
                                operation
                                        .getValue()
                                        .path("tags")
                                        .get(0)
                                        .asString()
                                        .equals("owner")))));
        return routes;
    }

    @Test
    void addressesAreThoseOfTheHandlers() {
        assertThat(described()).containsExactlyInAnyOrderElementsOf(BullaHandlers.routes());
        BullaHandlers.routes().forEach(route -> {
            Set<String> named = new TreeSet<>();
            operation(route).path("parameters").forEach(parameter -> {
                if (parameter.path("in").asString().equals("path")) {
                    named.add("{" + parameter.path("name").asString() + "}");
                }
            });
            assertThat(List.of(route.path().split("/"))).as(route.path()).containsAll(named);
            assertThat(named).hasSize(route.path().split("\\{", -1).length - 1);
            assertThat(operation(route).has("requestBody"))
                    .as("a body of " + route)
                    .isEqualTo(!route.safe() && !route.method().equals("DELETE"));
        });
    }

    @Test
    void everyNameLeadsSomewhereAndIsUsed() {
        Set<String> used = new TreeSet<>();
        Set<String> operations = new TreeSet<>();
        each(document, object -> {
            if (object.has("$ref")) {
                String ref = object.path("$ref").asString();
                assertThat(document.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse();
                used.add(ref.substring(ref.lastIndexOf('/') + 1));
            }
            if (object.has("operationId")) {
                assertThat(operations.add(object.path("operationId").asString()))
                        .isTrue();
            }
        });
        assertThat(document.path("components").path("schemas").propertyNames()).isSubsetOf(used);
        assertThat(document.path("openapi").asString()).startsWith("3.1");
    }

    /** Names that the description does not know are faults here, though clients must bear them. */
    private SchemaRegistry closed() {
        JsonNode copy = document.deepCopy();
        each(copy, object -> {
            if (object.path("type").asString("").equals("object")
                    && object.has("properties")
                    && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
        });
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, setup -> setup.schemas(Map.of(PLACE, copy.toString())));
    }

    private List<String> faults(SchemaRegistry registry, String pointer, String json) {
        return registry.getSchema(SchemaLocation.of(PLACE + "#" + pointer)).validate(json, InputFormat.JSON).stream()
                .map(error -> pointer + " " + error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }

    private static String pointer(Route route) {
        return "/paths/"
                + ("/" + route.path()).replace("/", "~1").replace("{", "%7B").replace("}", "%7D") + "/"
                + route.method().toLowerCase(java.util.Locale.ROOT);
    }

    @Test
    void requestsAndAnswersAreAsDescribed() {
        SchemaRegistry registry = closed();
        List<String> faults = new ArrayList<>();
        try (World world = new World();
                ApiTour tour = new ApiTour(world, (kind, secret) -> {})) {
            world.restart(setup -> setup.providers(tour.providers()));
            for (ApiTour.Visit visit : tour.taken(() -> {})) {
                if (!ApiTour.isJson(visit.answer())) {
                    continue;
                }
                String answer = "/responses/" + visit.answer().status() + "/content/application~1json/schema";
                faults.addAll(faults(
                        registry,
                        pointer(visit.route()) + answer,
                        visit.answer().body()));
                if (operation(visit.route()).has("requestBody")
                        && !visit.asked().isEmpty()) {
                    faults.addAll(faults(
                            registry,
                            pointer(visit.route()) + "/requestBody/content/application~1json/schema",
                            visit.asked()));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void namesOfRequestsAreThoseThatAreRead() {
        try (World world = new World()) {
            world.connection("notes");
            Front front = new Front(world, "olivia").as("olivia", true);
            for (Route route : BullaHandlers.routes()) {
                JsonNode body = operation(route).at("/requestBody/content/application~1json/schema");
                for (String name : body.path("properties").propertyNames()) {
                    WebResponse answer = front.send(
                            route.method(), route.path().replace("{connection}", "notes"), "{\"" + name + "\":null}");
                    assertThat(answer.body()).as(route + " " + name).doesNotContain("a name that is not known");
                }
            }
        }
    }

    /** Whatever a browser sends, it is answered, and never as a fault of this side. */
    @Test
    void oddValuesAreAnswered() {
        List<String> odd = List.of(
                "null",
                "\"\"",
                "\" \"",
                "\"\\u0000\"",
                "\"\ud83d\ude00\"",
                "\"" + "x".repeat(30_000) + "\"",
                "-1",
                "1e3",
                "true",
                "[]",
                "[\"\"]",
                "[\"a b\"]",
                "[{}]",
                "{}",
                "{\"\":\"\"}",
                "{\"clientId\":\"\"}",
                "{\"clientSecret\":\"\"}",
                "{\"clientSecret\":\"\\u0000\"}",
                "{\"a\":[]}",
                "{\"a\":{}}",
                "{\"a\":[{\"id\":\"\"}]}",
                "{\"a\":[\"\"]}");
        try (World world = new World()) {
            Front front = new Front(world, "olivia").as("olivia", true);
            for (Route route : BullaHandlers.routes()) {
                JsonNode body = operation(route).at("/requestBody/content/application~1json/schema");
                for (String name : body.path("properties").propertyNames()) {
                    List<String> others = new ArrayList<>();
                    body.path("required").forEach(other -> others.add(other.asString()));
                    others.remove(name);
                    for (String value : odd) {
                        if (world.owner().list().stream()
                                .noneMatch(any -> any.name().equals("notes"))) {
                            world.connection("notes");
                        }
                        StringBuilder sent = new StringBuilder("{\"" + name + "\":" + value);
                        others.forEach(other -> sent.append(",\"").append(other).append("\":\"demo\""));
                        WebResponse answer = front.send(
                                route.method(),
                                route.path().replace("{connection}", "notes"),
                                sent.append("}").toString());
                        assertThat(answer.status())
                                .as(route + " " + name + " " + value + answer.body())
                                .isLessThan(500);
                    }
                }
            }
        }
    }

    @Test
    void refusalsAreAsDescribed() {
        SchemaRegistry registry = closed();
        try (World world = new World()) {
            world.connection("notes");
            Front front = new Front(world, "alice");
            List<WebResponse> refusals = new ArrayList<>();
            refusals.add(front.get("owner/connections"));
            refusals.add(front.get("connections/nowhere"));
            refusals.add(front.get("nowhere"));
            refusals.add(front.send("PUT", "key", ""));
            refusals.add(front.post("key/confirm", "{\"key\":\"bulla1-q\"}"));
            refusals.add(front.post("connections/notes/disconnect", ""));
            front.proven = false;
            refusals.add(front.post("key/reset", ""));
            front.trusted = false;
            refusals.add(front.post("key/issue", ""));
            front.caller = null;
            refusals.add(front.get("key"));
            Limits never = (action, by, who) -> Optional.of(Duration.ofSeconds(7));
            WebResponse late = new Front(world, "alice", never).get("key");
            assertThat(late.headers()).containsEntry("Retry-After", List.of("7"));
            refusals.add(late);
            assertThat(refusals)
                    .extracting(WebResponse::status)
                    .containsExactly(403, 404, 404, 405, 400, 404, 403, 403, 401, 429);
            refusals.forEach(refusal -> assertThat(faults(registry, "/components/schemas/Problem", refusal.body()))
                    .isEmpty());
        }
    }

    /** Otherwise nothing was looked at. */
    @Test
    void whatIsNotDescribedIsFound() {
        SchemaRegistry registry = closed();
        assertThat(faults(registry, "/components/schemas/NewKey", "{\"key\":\"x\",\"more\":1}"))
                .hasSize(1);
        assertThat(faults(registry, "/components/schemas/NewKey", "{}")).hasSize(1);
        assertThat(faults(registry, "/components/schemas/KeyStatus", "{\"active\":\"yes\",\"offered\":true}"))
                .hasSize(1);
    }
}
