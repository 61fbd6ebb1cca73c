package dev.bulla.examples.vendorsdks;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.response.auth.AuthTestResponse;
import dev.bulla.Session;
import java.io.IOException;

class SlackCallsTest extends SdkContract {
    SlackCallsTest() {
        super(
                dev.bulla.providers.slack.Slack.create(),
                new VendorApi.Answers(
                        "{\"ok\": true, \"user\": \"Alice\"}", 200, "{\"ok\": false, \"error\": \"token_expired\"}"));
    }

    @Override
    String whoAmI(String api, Session session, String connection) throws Exception {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(api + "/api/");
        config.setStatsEnabled(false);
        try (Slack slack = Slack.getInstance(config)) {
            AuthTestResponse answer =
                    new SlackCalls(slack, session, connection).make(client -> client.authTest(request -> request));
            if (!answer.isOk()) {
                throw new IOException("Slack says " + answer.getError());
            }
            return answer.getUser();
        }
    }
}
