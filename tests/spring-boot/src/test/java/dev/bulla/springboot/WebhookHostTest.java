package dev.bulla.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.integrations.springboot.BullaCustomizer;
import dev.bulla.integrations.springmvc.Callers;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.providers.slack.Slack;
import dev.bulla.web.Caller;
import dev.bulla.webhook.WebhookEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;

/** A host that leaves Spring Security to Spring Boot, and takes webhooks. */
class WebhookHostTest {
    private static final String SECRET = "signing-secret-of-an-example";
    private static final List<WebhookEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static ConfigurableApplicationContext context;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        context = new SpringApplication(Host.class)
                .run(
                        "--server.port=0",
                        "--bulla.base-uri=https://app.example.com/bulla",
                        "--bulla.initialize-schema=embedded");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Host {
        @Bean
        Callers callers() {
            return login -> new Caller("acme", login.getName(), false);
        }

        @Bean
        UserDetailsService people() {
            return name -> User.withUsername(name).password("{noop}" + name).build();
        }

        @Bean
        Provider slack() {
            return Slack.create();
        }

        @Bean
        BullaCustomizer listening() {
            return builder -> builder.onWebhook(EVENTS::add);
        }
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + path));
    }

    private int status(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString()).statusCode();
    }

    private int post(String path, String type, String body, String secret) throws Exception {
        String time = "" + Instant.now().getEpochSecond();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] signed = mac.doFinal(("v0:" + time + ":" + body).getBytes(StandardCharsets.UTF_8));
        return status(at(path).POST(BodyPublishers.ofString(body))
                .header("Content-Type", type)
                .header("X-Slack-Request-Timestamp", time)
                .header("X-Slack-Signature", "v0=" + HexFormat.of().formatHex(signed)));
    }

    @Test
    void servicesComeThroughAndNobodyElse() throws Exception {
        Bulla bulla = context.getBean(Bulla.class);
        var owner = bulla.tenant("acme").connections();
        owner.create("chat", "slack");
        owner.enable("chat");
        owner.webhooks("chat").save(Secret.of(SECRET));
        String path = owner.webhooks("chat").open().getPath();
        String form = "application/x-www-form-urlencoded";
        assertThat(post(path, "application/json", "{\"type\":\"event_callback\"}", SECRET))
                .isEqualTo(200);
        assertThat(post(path, form, "command=%2Fweather&text=a+b", SECRET)).isEqualTo(200);
        assertThat(post(path, form, "command=%2Fweather&text=a+b", "another")).isEqualTo(401);
        assertThat(status(at("/bulla/client/unknown"))).isEqualTo(404);
        for (String closed : List.of("/bulla/", "/bulla/owner", path + "/more", "/elsewhere")) {
            assertThat(status(at(closed).header("Accept", "text/html")))
                    .as(closed)
                    .isEqualTo(302);
        }
        assertThat(post("/bulla/owner/new", form, "a=b", SECRET)).isEqualTo(401);
        bulla.close();
        assertThat(EVENTS).hasSize(2);
    }
}
