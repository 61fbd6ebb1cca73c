package dev.bulla.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.testkit.service.Misfortune;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MisfortuneTest {
    private final AuthorizationServer server = AuthorizationServer.builder()
            .user("alice", "pw", "Alice Example")
            .client(TestApp.ID, TestApp.SECRET, TestApp.REDIRECT)
            .start();
    private final TestApp app = new TestApp(server);
    private String token = "";

    @BeforeEach
    void connect() {
        token = String.valueOf(app.connect("notes.read").get("refresh_token"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertUsedUp() {
        assertThat(app.refresh(token).statusCode()).isEqualTo(400);
        assertThat(server.journal().redemptions(token)).isEqualTo(2);
    }

    private void assertStillGood() {
        assertThat(app.refresh(token).statusCode()).isEqualTo(200);
        assertThat(server.journal().redemptions(token)).isEqualTo(1);
    }

    @Test
    void lostAnswerUsesTheTokenUp() {
        server.misfortunes().next(Misfortune.lostAnswer());

        assertThatThrownBy(() -> app.refresh(token)).isInstanceOf(UncheckedIOException.class);
        assertUsedUp();
    }

    @Test
    void lostRequestChangesNothing() {
        server.misfortunes().next(Misfortune.lostRequest());

        assertThatThrownBy(() -> app.refresh(token)).isInstanceOf(UncheckedIOException.class);
        assertStillGood();
    }

    @Test
    void failureBeforeWorkChangesNothing() {
        server.misfortunes().next(Misfortune.failsBefore(502));

        assertThat(app.refresh(token).statusCode()).isEqualTo(502);
        assertStillGood();
    }

    @Test
    void failureAfterWorkUsesTheTokenUp() {
        server.misfortunes().next(Misfortune.failsAfter(500));

        assertThat(app.refresh(token).statusCode()).isEqualTo(500);
        assertUsedUp();
    }

    @Test
    void busyServerSaysWhenToComeBack() {
        server.misfortunes().next(Misfortune.busy(429, Duration.ofSeconds(7)));
        HttpResponse<String> answer = app.refresh(token);

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
        assertStillGood();
    }

    @Test
    void slowAnswerComesLate() {
        server.misfortunes().next(Misfortune.slow(Duration.ofMillis(300)));
        long start = System.nanoTime();

        assertThat(app.refresh(token).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void cutBodyNeverCompletes() {
        server.misfortunes().next(Misfortune.cutBody());

        assertThatThrownBy(() -> app.refresh(token)).isInstanceOf(UncheckedIOException.class);
        assertUsedUp();
    }

    @Test
    void refreshTokenMayBeMissing() {
        server.misfortunes().next(Misfortune.withoutRefreshToken());

        assertThat(TestApp.json(app.refresh(token))).containsKey("access_token").doesNotContainKey("refresh_token");
    }

    @Test
    void refusalsAreOrderedAndEnd() {
        server.misfortunes().next(2, Misfortune.refuses("invalid_client"));
        server.misfortunes().next(Misfortune.refuses("invalid_grant"));

        assertThat(app.refresh(token).statusCode()).isEqualTo(401);
        assertThat(app.refresh(token).statusCode()).isEqualTo(401);
        assertThat(app.refresh(token).body()).contains("invalid_grant");
        assertStillGood();
    }

    @Test
    void lastingMisfortuneEndsWithReset() {
        server.misfortunes().always(Misfortune.answers("<html>"));
        assertThat(app.refresh("x").body()).isEqualTo("<html>");
        assertThat(app.refresh("x").body()).isEqualTo("<html>");
        server.misfortunes().reset();

        assertStillGood();
    }

    @Test
    void userMayEndTheGrantMeanwhile() {
        server.service().endGrants("alice");

        assertThat(app.refresh(token).body()).contains("invalid_grant");
    }
}
