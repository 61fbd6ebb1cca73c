package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulla.Connections;
import dev.bulla.Session;
import dev.bulla.audit.AuditEntry;
import dev.bulla.audit.AuditSettings;
import dev.bulla.audit.AuditSettings.WhenFull;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Settings;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.Provider;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import dev.bulla.tool.Tier;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolHandler;
import dev.bulla.tool.ToolRequest;
import dev.bulla.tool.ToolResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The code of a tool runs once for each call, and what came of it is written down however late it ends. */
class ToolOnceTest {
    private final List<HttpCall> sent = new CopyOnWriteArrayList<>();
    private final List<AuditEntry> told = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final TestBulla world = TestBulla.inMemory(
            setup -> setup.audit(AuditSettings.standard().also(told::addAll, WhenFull.DROP))
                    .tools(
                            "wiki",
                            tool("write", (arguments, door) -> {
                                door.call(new ToolRequest("POST", "/pages", Map.of(), null, ""));
                                throw new BullaException(ErrorCode.CONNECTION_UNKNOWN, "another connection");
                            }),
                            tool("silent", (arguments, door) -> null),
                            tool("wait", (arguments, door) -> {
                                begun.countDown();
                                await(end);
                                return ToolResult.text("done");
                            })),
            FakeService.speaking(provider()).api(call -> {
                sent.add(call);
                return FakeService.json(200, "{}");
            }));

    private static Tool tool(String name, ToolHandler code) {
        return Tool.named(name).description(name).tier(Tier.WRITE).handler(code).build();
    }

    private static Provider provider() {
        OAuth2Spec spec = OAuth2Spec.builder("https://wiki.example/authorize", "https://wiki.example/token")
                .identity("https://wiki.example/me", "id", "name")
                .build();
        return Provider.builder("wiki", "Wiki")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), null)
                .api(ApiAccess.bearer("https://wiki.example"))
                .build();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        end.countDown();
        world.close();
    }

    private Session session() {
        Connections owner = world.bulla().tenant("acme").connections();
        owner.create("wiki", "wiki");
        owner.save("wiki", Settings.clientId("id").clientSecret("secret"));
        world.connect("acme", "alice", "wiki");
        return world.bulla().tenant("acme").member("alice").session();
    }

    @Test
    void codeThatMissesAConnectionOfItsOwnIsNotRunAgain() {
        try (Session session = session()) {
            assertThatExceptionOfType(BullaException.class)
                    .isThrownBy(() -> session.callTool("wiki__write", ""))
                    .returns(ErrorCode.CONNECTION_UNKNOWN, BullaException::code);
        }
        assertThat(sent).extracting(HttpCall::method).containsExactly("POST");
    }

    @Test
    void codeThatAnswersNothingHasFailed() {
        try (Session session = session()) {
            assertThatExceptionOfType(BullaException.class)
                    .isThrownBy(() -> session.callTool("wiki__silent", ""))
                    .returns(ErrorCode.SETUP, BullaException::code)
                    .withMessageContaining("'silent'");
        }
    }

    @Test
    void callThatEndsWhileTheLibraryClosesIsWrittenDown() throws InterruptedException {
        Session session = session();
        Thread calling = new Thread(() -> session.callTool("wiki__wait", ""));
        calling.start();
        await(begun);
        Thread closing = new Thread(() -> world.bulla().close());
        closing.start();
        Crowd.until(() -> !closing.isAlive() || isWaitingForTheAudit(closing));
        end.countDown();
        closing.join();
        calling.join();
        assertThat(told)
                .filteredOn(entry -> entry.act().tool().equals("wiki__wait"))
                .extracting(entry -> entry.result().outcome())
                .containsExactly(AuditEntry.Result.ANSWERED);
    }

    private static boolean isWaitingForTheAudit(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("dev.bulla.trail.Feed"));
    }
}
