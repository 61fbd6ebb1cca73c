package dev.bulla.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceTest {
    @TempDir
    Path folder;

    private AuthorizationServer start() {
        return AuthorizationServer.builder()
                .user("alice", "pw", "Alice Example")
                .persistTo(folder.resolve("state.json"))
                .start();
    }

    @Test
    void secondStartFindsAppsGrantsAndUsedTokens() {
        String old;
        Map<String, Object> fresh;
        String keys;
        try (AuthorizationServer server = start()) {
            server.registerClient(TestApp.ID, TestApp.SECRET, TestApp.REDIRECT);
            TestApp app = new TestApp(server);
            old = String.valueOf(app.connect("openid notes.read").get("refresh_token"));
            fresh = TestApp.json(app.refresh(old));
            keys = app.get("/jwks", "").body();
        }
        try (AuthorizationServer server = start()) {
            TestApp app = new TestApp(server);
            assertThat(server.grants("alice")).hasSize(1);
            assertThat(app.get("/jwks", "").body()).isEqualTo(keys);
            assertThat(app.get("/api/notes", fresh.get("access_token")).statusCode())
                    .isEqualTo(200);
            assertThat(app.refresh(String.valueOf(fresh.get("refresh_token"))).statusCode())
                    .isEqualTo(200);
            assertThat(app.refresh(old).statusCode()).isEqualTo(400);
            assertThat(server.grants("alice")).isEmpty();
        }
    }

    @Test
    void fileHoldsNoTokenAndNoSecret() throws Exception {
        try (AuthorizationServer server = start()) {
            server.registerClient(TestApp.ID, TestApp.SECRET, TestApp.REDIRECT);
            Map<String, Object> tokens = new TestApp(server).connect("notes.read");

            assertThat(Files.readString(folder.resolve("state.json")))
                    .contains("\"id\":\"app\"")
                    .doesNotContain(String.valueOf(tokens.get("access_token")))
                    .doesNotContain(String.valueOf(tokens.get("refresh_token")))
                    .doesNotContain(TestApp.SECRET);
        }
    }

    /** A host that fails at its start ends, though its demo service runs. */
    @Test
    void serviceKeepsNoProcessAlive() {
        try (AuthorizationServer server = start()) {
            assertThat(new TestApp(server).get("/jwks", "").statusCode()).isEqualTo(200);
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().equals("HTTP-Dispatcher"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void brokenFileStopsTheStart() throws Exception {
        Files.writeString(folder.resolve("state.json"), "{\"clients\":1");

        assertThatThrownBy(this::start).isInstanceOf(UncheckedIOException.class);
    }
}
