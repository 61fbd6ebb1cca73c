package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.BullaBuilder;
import dev.bulla.audit.AuditQuery;
import dev.bulla.model.Entity;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.HttpCall;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What becomes known of a service because somebody has connected there. */
class HarvestOnConnectTest {
    private final FakeService github = FakeService.speaking(GitHub.create())
            .api(call -> FakeService.json(200, "[{\"full_name\": \"octo/hello\", \"visibility\": \"private\"}]"));

    private TestBulla world(UnaryOperator<BullaBuilder> setup) {
        return TestBulla.inMemory(setup, github);
    }

    private static List<String> known(TestBulla world) {
        return world.bulla().tenant("acme").connections().entities(GitHub.ID).list("repository").entities().stream()
                .map(Entity::id)
                .toList();
    }

    private long asked() {
        return github.calls().stream().filter(HarvestOnConnectTest::isList).count();
    }

    private static boolean isList(HttpCall call) {
        return call.uri().getPath().equals("/user/repos");
    }

    @Test
    void connectIsFollowedByALookOnceADay() {
        try (TestBulla world = world(BullaBuilder::harvestOnConnect)) {
            world.connect("acme", "alice", GitHub.ID);
            Keys.await(() -> assertThat(known(world)).containsExactly("octo/hello"));
            world.connect("acme", "ben", GitHub.ID);
            world.advance(Duration.ofHours(25));
            world.connect("acme", "cora", GitHub.ID);
            Keys.await(() -> assertThat(asked()).isEqualTo(2));
        } // waits for what is under way
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void withoutThatWordNobodyLooks() {
        try (TestBulla world = world(setup -> setup)) {
            world.connect("acme", "alice", GitHub.ID);
        } // waits for what is under way
        assertThat(asked()).isZero();
    }

    @Test
    void whatPoliciesDenyIsNotListed() {
        try (TestBulla world = world(setup -> setup.harvestOnConnect().baseline(Baseline.none()))) {
            world.connect("acme", "alice", GitHub.ID);
            Keys.await(() -> assertThat(world.bulla()
                            .tenant("acme")
                            .member("alice")
                            .audit()
                            .query(AuditQuery.all().onlyDenied())
                            .entries())
                    .hasSize(1));
            assertThat(known(world)).isEmpty();
        }
        assertThat(asked()).isZero();
    }
}
