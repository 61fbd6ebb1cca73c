package dev.bulla.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.Session;
import dev.bulla.error.Actor;
import dev.bulla.error.BullaException;
import dev.bulla.error.CredentialUnavailable;
import dev.bulla.error.ErrorCode;
import dev.bulla.integrations.springmvc.BullaClientInterceptor;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.providers.github.GitHub;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/** The real library and a real RestClient, with a service in memory; nothing goes over a network. */
class RestClientTest {
    private final FakeService github = FakeService.speaking(GitHub.create());
    private final TestBulla world = TestBulla.inMemory(github);
    private final Session alice = world.bulla().tenant("acme").member("alice").session();
    private final Session bob = world.bulla().tenant("acme").member("bob").session();

    RestClientTest() {
        world.connect("acme", "alice", "github");
    }

    @AfterEach
    void close() {
        alice.close();
        bob.close();
        world.close();
    }

    private static RestClient client(BullaClientInterceptor interceptor) {
        return RestClient.builder().requestInterceptor(interceptor).build();
    }

    private RestClient as(Session session) {
        return client(BullaClientInterceptor.of(session, "github"));
    }

    private HttpCall last() {
        return github.calls().get(github.calls().size() - 1);
    }

    @Test
    void requestGoesOutAsTheMember() {
        github.api(call -> new HttpAnswer(
                201,
                Map.of("content-type", List.of("application/json"), "x-left", List.of("9", "8")),
                "{\"id\":1}".getBytes(StandardCharsets.UTF_8)));

        ResponseEntity<String> answer = as(alice)
                .post()
                .uri("/user/repos?per_page={n}", 5)
                .header("X-Trace", "one", "two")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"name\":\"a\"}")
                .retrieve()
                .toEntity(String.class);

        assertThat(answer.getStatusCode().value()).isEqualTo(201);
        assertThat(answer.getHeaders().get("X-Left")).containsExactly("9", "8");
        assertThat(answer.getBody()).isEqualTo("{\"id\":1}");
        assertThat(last().method()).isEqualTo("POST");
        assertThat(last().uri()).hasToString("https://api.github.com/user/repos?per_page=5");
        assertThat(last().headers()).containsEntry("X-Trace", "one, two").doesNotContainKey("Content-Length");
        assertThat(last().headers().get("Content-Type")).startsWith("application/json");
        assertThat(last().headers().get("Authorization")).startsWith("Bearer ");
        assertThat(last().body()).asString().isEqualTo("{\"name\":\"a\"}");
    }

    @Test
    void oneClientServesManyMembers() {
        RestClient shared = client(BullaClientInterceptor.of(
                request -> (Session) request.getAttributes().get("session"), "github"));
        assertThat(shared.get()
                        .uri("/user")
                        .attribute("session", alice)
                        .retrieve()
                        .toBodilessEntity()
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
        assertThatThrownBy(() -> shared.get().uri("/user").retrieve().toBodilessEntity())
                .isInstanceOfSatisfying(
                        BullaException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void whatIsMissingSaysWhoMustAct() {
        assertThatThrownBy(() -> as(bob).get().uri("/user").retrieve().body(String.class))
                .isInstanceOfSatisfying(CredentialUnavailable.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_CONNECTED);
                    assertThat(failure.actor()).isEqualTo(Actor.MEMBER);
                });
    }

    @Test
    void endedTokenIsRefreshedOnTheWay() {
        github.service().endAccess("alice");
        assertThat(as(alice)
                        .get()
                        .uri("/user")
                        .retrieve()
                        .toBodilessEntity()
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
    }

    @Test
    void refusalsOfTheServiceGoTheUsualWay() {
        github.api(call -> FakeService.json(404, "{\"message\":\"Not Found\"}"));
        assertThatThrownBy(() -> as(alice).get().uri("/repos/a/b").retrieve().body(String.class))
                .isInstanceOf(HttpClientErrorException.NotFound.class);
    }

    @Test
    void theCredentialGoesNowhereElseAndNoOtherTakesItsPlace() {
        int before = github.calls().size();
        assertThatThrownBy(() -> as(alice)
                        .get()
                        .uri("https://evil.example/user")
                        .retrieve()
                        .body(String.class))
                .isInstanceOfSatisfying(
                        BullaException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.HOST_NOT_ALLOWED));
        assertThatThrownBy(() -> as(alice)
                        .get()
                        .uri("/user")
                        .header("Authorization", "Bearer mine")
                        .retrieve()
                        .body(String.class))
                .isInstanceOfSatisfying(
                        BullaException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        assertThat(github.calls()).hasSize(before);
    }
}
