package dev.bulla.examples.vendorsdks;

import com.slack.api.Slack;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import dev.bulla.Session;
import dev.bulla.provider.Secret;
import java.io.IOException;
import java.util.Set;

/**
 * Slack's client takes a token with each call; and Slack refuses one with status 200 and an error in the body. For its statistics the
 * client calls {@code auth.test} once for each token that it sees; tokens that rotate make that a habit, which {@code
 * SlackConfig.setStatsEnabled(false)} ends.
 */
public final class SlackCalls {
    /** One call of Slack's client. */
    @FunctionalInterface
    public interface Call<T extends SlackApiTextResponse> {
        T by(MethodsClient slack) throws IOException, SlackApiException;
    }

    private static final Set<String> REFUSED = Set.of("token_expired", "invalid_auth");

    private final Slack slack;
    private final Session session;
    private final String connection;

    public SlackCalls(Slack slack, Session session, String connection) {
        this.slack = slack;
        this.session = session;
        this.connection = connection;
    }

    /** Makes the call, and once more where Slack refuses the token. */
    public <T extends SlackApiTextResponse> T make(Call<T> call) throws IOException, SlackApiException {
        Secret token = session.tokenForSdk(connection);
        T answer = call.by(slack.methods(token.reveal()));
        if (answer.isOk() || !REFUSED.contains(String.valueOf(answer.getError()))) {
            return answer;
        }
        Secret next = session.invalidate(connection, token);
        return call.by(slack.methods(next.reveal()));
    }
}
