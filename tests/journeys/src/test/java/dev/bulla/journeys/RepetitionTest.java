package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Connections;
import dev.bulla.Session;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.policy.Policy;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A 401 leads to one repetition, under the rules under which the call was let through. */
class RepetitionTest {
    private final List<HttpCall> asked = new ArrayList<>();
    private final FakeService service = FakeService.speaking(provider());
    private final TestBulla world = TestBulla.inMemory(service);
    private final Connections owner = world.bulla().tenant("acme").connections();
    private Runnable meanwhile = () -> {};

    private static Provider provider() {
        OAuth2Spec spec = OAuth2Spec.builder("https://login.example.com/authorize", "https://login.example.com/token")
                .identity("https://api.example.com/me", "id", "name")
                .build();
        return Provider.builder("things", "Things")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("https://api.example.com"))
                .build();
    }

    @BeforeEach
    void connect() {
        owner.create("things", "things");
        owner.save("things", Settings.clientId("c").clientSecret("s"));
        world.connect("acme", "alice", "things");
        service.on(call -> call.uri().getPath().equals("/things"), this::answer);
    }

    private HttpAnswer answer(HttpCall call) {
        asked.add(call);
        meanwhile.run();
        return FakeService.json(asked.size() == 1 ? 401 : 201, "{}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private int status() {
        try (Session session = world.bulla().tenant("acme").member("alice").session()) {
            return session.call("things", ApiRequest.post("/things", "{}")).status();
        }
    }

    @Test
    void comesWhereTheRulesAreAsTheyWere() {
        assertThat(status()).isEqualTo(201);
        assertThat(asked).hasSize(2);
    }

    @Test
    void doesNotComeWhereTheyHaveChanged() {
        meanwhile = () -> owner.policies("things").create(Policy.forbid("stop").build());

        assertThat(status()).isEqualTo(401);
        assertThat(asked).hasSize(1);
    }
}
