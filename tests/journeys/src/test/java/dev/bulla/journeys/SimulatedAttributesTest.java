package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.bulla.ApiRequest;
import dev.bulla.ConnectionPolicies;
import dev.bulla.Session;
import dev.bulla.audit.AuditQuery;
import dev.bulla.error.CallRefused;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.policy.ResourceCondition;
import dev.bulla.policy.Simulation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.EntitySource;
import dev.bulla.provider.HttpAnswer;
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
import dev.bulla.tool.ToolSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What was known of a thing when a call was decided is written down, so that other policies can be tried on that call. */
class SimulatedAttributesTest {
    private static final ApiRequest OPEN = ApiRequest.get("/pages/open");
    private static final ApiRequest HIDDEN = ApiRequest.get("/pages/hidden");

    private final TestBulla world =
            TestBulla.inMemory(FakeService.speaking(provider()).api(SimulatedAttributesTest::answer));

    private static Provider provider() {
        OAuth2Spec spec = OAuth2Spec.builder("https://wiki.example/authorize", "https://wiki.example/token")
                .identity("https://wiki.example/me", "id", "name")
                .build();
        return Provider.builder("wiki", "Wiki")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("https://wiki.example"))
                .tools(ToolSet.of(ResourceKind.of("page", "Page"))
                        .with(Tool.named("list_pages")
                                .description("Lists pages")
                                .http(HttpTemplate.get("/pages"))
                                .touchesNothing()
                                .build())
                        .routes(Route.any("/pages/{page}").touches("page", "{page}")))
                .entities(EntitySource.of("page", "Pages", "list_pages")
                        .items("pages")
                        .attribute("visibility", "visibility"))
                .build();
    }

    private static HttpAnswer answer(HttpCall call) {
        return FakeService.json(200, """
                {"pages": [{"id": "open", "name": "Open", "visibility": "public"},
                           {"id": "hidden", "name": "Hidden", "visibility": "private"}]}""");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private ConnectionPolicies policies() {
        return world.bulla().tenant("acme").connections().policies("wiki");
    }

    private static Policy reading(String visibility) {
        return Policy.permit("Pages that are " + visibility)
                .tiers(Tier.READ)
                .resources(ResourceCondition.all("page").with("visibility", visibility))
                .build();
    }

    @Test
    void otherPoliciesAreTriedWithWhatWasKnown() {
        var owner = world.bulla().tenant("acme").connections();
        owner.create("wiki", "wiki");
        owner.save("wiki", Settings.clientId("id").clientSecret("secret"));
        world.connect("acme", "alice", "wiki");
        try (Session session = world.bulla().tenant("acme").member("alice").session()) {
            session.harvest("wiki");
            policies().list().stream().map(PolicyVersion::id).forEach(policies()::delete);
            policies().create(reading("public"));
            assertThat(session.call("wiki", OPEN).status()).isEqualTo(200);
            assertThatThrownBy(() -> session.call("wiki", HIDDEN)).isInstanceOf(CallRefused.class);
        }

        assertThat(world.bulla()
                        .tenant("acme")
                        .audit()
                        .query(AuditQuery.all().onlyUses())
                        .entries())
                .extracting(entry -> entry.verdict().facts().attributes())
                .startsWith(Map.of("visibility", Set.of("private")), Map.of("visibility", Set.of("public")));

        Simulation simulation = policies().simulate(List.of(reading("private")), Duration.ofHours(1));
        assertThat(simulation.before()).isEqualTo(1);
        assertThat(simulation.after()).isEqualTo(1);
        assertThat(simulation.rows())
                .extracting(row -> row.before().allowed(), row -> row.after().allowed())
                .containsExactly(tuple(true, false), tuple(false, true));
    }
}
