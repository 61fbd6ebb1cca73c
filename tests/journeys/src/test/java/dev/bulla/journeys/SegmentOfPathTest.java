package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Session;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Saved;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A service whose customers are told apart by a segment of its endpoints' paths, which the owner fills in. */
class SegmentOfPathTest {
    private static final String LOGIN = "https://login.example.com/{tenant}/";

    private final FakeService service = FakeService.speaking(provider());

    private static Provider provider() {
        OAuth2Spec spec = OAuth2Spec.builder(LOGIN + "authorize", LOGIN + "token")
                .identity("https://api.example.com/me", "id", "name")
                .build();
        return Provider.builder("directory", "Directory")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("https://api.example.com"))
                .ownerFields(Field.text("tenant", "Tenant", "").preset("common"))
                .build();
    }

    private static Saved save(TestBulla world, String... tenant) {
        Settings settings = Settings.clientId("c").clientSecret("s");
        return world.bulla()
                .tenant("acme")
                .connections()
                .save("directory", tenant.length == 0 ? settings : settings.with("tenant", tenant[0]));
    }

    private static void use(TestBulla world) {
        try (Session session = world.bulla().tenant("acme").member("alice").session()) {
            session.call("directory", ApiRequest.get("/lists"));
        }
    }

    private List<String> tokenPaths() {
        return service.calls().stream()
                .filter(call -> call.purpose() == HttpCall.Purpose.TOKEN)
                .map(call -> call.uri().getPath())
                .filter(path -> path.endsWith("/token"))
                .toList();
    }

    @Test
    void codesAndRefreshTokensGoToTheOwnersSegment() {
        try (TestBulla world = TestBulla.inMemory(service)) {
            world.bulla().tenant("acme").connections().create("directory", "directory");
            save(world, "north.example.org");
            world.connect("acme", "alice", "directory");
            world.advance(Duration.ofHours(2));
            use(world);
        }
        assertThat(tokenPaths()).containsExactly("/north.example.org/token", "/north.example.org/token");
    }

    @Test
    void presetHoldsWhereTheOwnerSaysNothing() {
        try (TestBulla world = TestBulla.inMemory(service)) {
            world.bulla().tenant("acme").connections().create("directory", "directory");
            save(world);
            world.connect("acme", "alice", "directory");
        }
        assertThat(tokenPaths()).containsExactly("/common/token");
    }

    @Test
    void anotherSegmentAsksMembersToConnectAgain() {
        try (TestBulla world = TestBulla.inMemory(service)) {
            world.bulla().tenant("acme").connections().create("directory", "directory");
            save(world, "north");
            world.connect("acme", "alice", "directory");
            save(world, "south");
            world.advance(Duration.ofHours(2));

            assertThat(Stage.failure(() -> use(world)))
                    .isInstanceOf(CredentialUnavailable.class)
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.RECONNECT_REQUIRED));
        }
        assertThat(tokenPaths()).containsExactly("/north/token");
    }

    @Test
    void segmentThatClimbsIsNotTaken() {
        try (TestBulla world = TestBulla.inMemory(service)) {
            world.bulla().tenant("acme").connections().create("directory", "directory");
            save(world, "north");

            assertThat(Stage.failure(() -> save(world, "../evil")).code()).isEqualTo(ErrorCode.INVALID_SETTING);
        }
    }
}
