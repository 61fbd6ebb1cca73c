package dev.bulla.examples.vendorsdks;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.Slack;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import dev.bulla.Session;
import dev.bulla.provider.HttpCall;
import dev.bulla.testkit.FakeService;
import dev.bulla.testkit.TestBulla;
import org.junit.jupiter.api.Test;

class SlackByTheDoorTest {
    private final FakeService vendor = FakeService.speaking(dev.bulla.providers.slack.Slack.create());

    @Test
    void sdkCallsWithoutEverSeeingAToken() throws Exception {
        vendor.on(
                call -> call.uri().getPath().equals("/api/chat.postMessage"),
                call -> FakeService.json(200, "{\"ok\": true, \"channel\": \"C1\"}"));
        try (TestBulla world = TestBulla.inMemory(setup -> setup.forbidSdkTokens(), vendor)) {
            world.connect("acme", "alice", "slack");
            try (Session session = world.bulla().tenant("acme").member("alice").session();
                    Slack slack = SlackByTheDoor.client(session, "slack")) {
                ChatPostMessageResponse answer = slack.methods("not a token")
                        .chatPostMessage(request -> request.channel("C1").text("Hello"));

                assertThat(answer.isOk()).isTrue();
            }
        }
        HttpCall call = vendor.calls().get(vendor.calls().size() - 1);
        assertThat(call.headers().get("Authorization")).startsWith("Bearer ").doesNotContain("not a token");
        assertThat(call.body()).asString().contains("text=Hello");
    }
}
