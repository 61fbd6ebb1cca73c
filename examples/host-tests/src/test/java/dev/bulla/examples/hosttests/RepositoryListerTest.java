package dev.bulla.examples.hosttests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.event.AccountEvent;
import dev.bulla.event.BullaEvent;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import dev.bulla.testkit.service.Misfortune;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a host tests its own code: the real library, a fake service, a time that moves by hand. */
class RepositoryListerTest {
    private final FakeService github = FakeService.speaking(GitHub.create());
    private final TestBulla world = TestBulla.inMemory(github).at("2026-11-20T12:00:00Z");
    private final RepositoryLister lister = new RepositoryLister(world.bulla());

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void connectedMemberGetsRepositories() {
        github.on(
                call -> call.uri().getPath().equals("/user/repos"),
                call -> FakeService.json(200, "[{\"name\":\"clay\"}]"));
        world.connect("acme", "alice", "github");

        assertThat(lister.list("acme", "alice")).contains("clay");
    }

    @Test
    void memberWithoutAccountIsAskedToConnect() {
        world.connect("acme", "alice", "github");

        assertThat(lister.list("acme", "bob")).contains("Please connect").contains("NOT_CONNECTED");
    }

    @Test
    void tokenIsRefreshedUnderWay() {
        world.connect("acme", "alice", "github");
        world.advance(Duration.ofHours(9));

        assertThat(lister.list("acme", "alice")).isEqualTo("{}");
        assertThat(github.journal().maxRedemptions()).isEqualTo(1);
    }

    @Test
    void revokedGrantAsksForANewConsent() {
        world.connect("acme", "alice", "github");
        world.advance(Duration.ofHours(9));
        github.misfortunes().next(Misfortune.refuses("invalid_grant"));

        assertThat(lister.list("acme", "alice")).contains("Please connect").contains("RECONNECT_REQUIRED");
    }

    @Test
    void serviceThatIsDownIsNobodysFault() {
        world.connect("acme", "alice", "github");
        world.advance(Duration.ofHours(9));
        github.misfortunes().next(Misfortune.busy(503, Duration.ofSeconds(30)));

        assertThat(lister.list("acme", "alice")).contains("try again");
    }

    @Test
    void listenerHearsWhoConnected() {
        List<BullaEvent> heard = new CopyOnWriteArrayList<>();
        FakeService service = FakeService.speaking(GitHub.create());
        try (TestBulla listening = TestBulla.inMemory(setup -> setup.listener(heard::add), service)) {
            listening.connect("acme", "alice", "github");
        } // closing waits for listeners

        assertThat(heard)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                AccountEvent.Connected.class,
                                connected ->
                                        assertThat(connected.account().member()).isEqualTo("alice")));
    }
}
