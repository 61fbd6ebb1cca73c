package dev.bulla.examples.vendorsdks;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import dev.bulla.Session;
import dev.bulla.integrations.okhttp.BullaInterceptor;
import okhttp3.OkHttpClient;

/** The better way, where an SDK takes an {@code OkHttpClient}: its calls go through the session, and it never sees a token. */
public final class SlackByTheDoor {
    private SlackByTheDoor() {}

    /** Slack's client for one member; whatever token it is given is thrown away. */
    public static Slack client(Session session, String connection) {
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(BullaInterceptor.of(session, connection).replacing("Authorization"))
                .build();
        SlackConfig config = new SlackConfig();
        config.setStatsEnabled(false); // they are counted by token
        return Slack.getInstance(config, new SlackHttpClient(http));
    }
}
