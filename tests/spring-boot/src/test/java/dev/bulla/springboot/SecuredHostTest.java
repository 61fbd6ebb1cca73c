package dev.bulla.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.http.HttpSettings;
import dev.bulla.integrations.springmvc.Callers;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Settings;
import dev.bulla.provider.Provider;
import dev.bulla.providers.standard.CustomProvider;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.testkit.server.Browser;
import dev.bulla.web.BullaHandlers;
import dev.bulla.web.Caller;
import dev.bulla.web.FormToken;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/**
 * A host with a filter chain of its own: session cookies that are SameSite=Strict, and an address that its CSRF filter leaves out. Its service
 * signs ID tokens, which are read with the library for JWTs that this Spring Boot brings along.
 */
class SecuredHostTest {
    private static AuthorizationServer service;
    private static ConfigurableApplicationContext context;

    @BeforeAll
    static void start() {
        service = AuthorizationServer.builder().user("alice", "alice", "Alice").start();
        context = new SpringApplication(Host.class)
                .run(
                        "--server.port=0",
                        "--server.forward-headers-strategy=framework",
                        "--server.servlet.context-path=/app",
                        "--server.servlet.session.cookie.same-site=strict",
                        "--management.endpoints.web.exposure.include=*",
                        "--management.endpoint.health.show-components=always",
                        "--bulla.base-uri=https://app.example.com/app/bulla",
                        "--bulla.initialize-schema=embedded",
                        "--bulla.http.reaching=127.0.0.1:" + service.port(),
                        "--notes=" + service.issuer());
    }

    @AfterAll
    static void stop() {
        context.close();
        service.close();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Host {
        @Bean
        Callers callers() {
            return login -> login.getName().equals("robot") ? null : new Caller("acme", login.getName(), false);
        }

        @Bean
        UserDetailsService people() {
            return name -> User.withUsername(name).password("{noop}" + name).build();
        }

        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/bulla/callback/**")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .csrf(csrf -> csrf.ignoringRequestMatchers("/bulla/left-out"))
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        Provider notes(@Value("${notes}") String at) {
            HttpSettings reaching =
                    HttpSettings.standard().reaching(URI.create(at).getAuthority());
            return CustomProvider.discover("notes", "Notes", at, reaching).create();
        }

        @Bean
        WebHandler handler(Bulla bulla, WebHost host) {
            BullaHandlers handlers = BullaHandlers.of(bulla, host);
            return request ->
                    request.path().endsWith("/probe") || request.path().endsWith("/left-out")
                            ? probe(host, request)
                            : handlers.handle(request);
        }

        private static WebResponse probe(WebHost host, WebRequest request) {
            String caller = host.caller(request).map(Caller::toString).orElse("nobody");
            return request.method().equals("GET")
                    ? WebResponse.html(
                            200,
                            caller + host.formToken(request).map(Host::form).orElseThrow())
                    : WebResponse.json(200, "{\"trusted\":" + host.isTrusted(request) + "}");
        }

        private static String form(FormToken token) {
            return "<form method=\"post\"><input type=\"hidden\" name=\"" + token.name() + "\" value=\"" + token.value()
                    + "\"></form>";
        }
    }

    private static WebUser user(String name) {
        WebUser user = new WebUser(
                Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port")), "/app");
        user.login(name, name);
        return user;
    }

    @Test
    void formsCarryTheTokenOfSpringSecurity() {
        WebUser alice = user("alice");
        WebUser.Answer page = alice.get("/app/bulla/probe");
        assertThat(page.body()).startsWith("Caller[tenant=acme, member=alice");
        assertThat(alice.submit(page.page().selectFirst("form"), Map.of()).body())
                .contains("\"trusted\":true");
        assertThat(alice.post("/app/bulla/probe", Map.of()).status()).isEqualTo(403);
        assertThat(alice.json("POST", "/app/bulla/probe", "{}").status()).isEqualTo(403);
    }

    @Test
    void whatTheFilterLeavesOutIsCheckedAllTheSame() {
        WebUser alice = user("alice");
        assertThat(alice.post("/app/bulla/left-out", Map.of("_csrf", "made-up")).body())
                .contains("\"trusted\":false");
        WebUser.Answer page = alice.get("/app/bulla/left-out");
        String token = page.page().selectFirst("input").val();
        assertThat(alice.post("/app/bulla/left-out?_csrf=" + token, Map.of()).body())
                .as("a token in a URL")
                .contains("\"trusted\":false");
        assertThat(alice.submit(page.page().selectFirst("form"), Map.of()).body())
                .contains("\"trusted\":true");
    }

    @Test
    void servicesNeedNeitherLoginNorToken() {
        WebUser service = new WebUser(
                Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port")), "/app");
        assertThat(service.json("POST", "/app/bulla/hooks/unknown", "{}").status())
                .as("unverified, as this library says it")
                .isEqualTo(401);
        assertThat(service.json("GET", "/app/bulla/client/unknown", null).status())
                .isEqualTo(404);
        assertThat(service.json("POST", "/app/bulla/hooks/unknown/more", "{}").status())
                .as("sent to the login by the host's chain")
                .isEqualTo(302);
        assertThat(service.json("POST", "/app/bulla/owner", "{}").status()).isEqualTo(302);
    }

    @Test
    void loginsWithoutAPlaceAreNobody() {
        assertThat(user("robot").get("/app/bulla/probe").body()).startsWith("nobody");
    }

    @Test
    void callbackFindsItsMemberBehindAStrictCookie() {
        Bulla bulla = context.getBean(Bulla.class);
        var owner = bulla.tenant("acme").connections();
        URI redirect = owner.create("notes", "notes").redirectUri();
        service.registerClient("app", "secret", redirect.toString());
        owner.save("notes", Settings.clientId("app").clientSecret("secret"));
        WebUser alice = user("alice");
        ConnectStep.Redirect step = (ConnectStep.Redirect) bulla.tenant("acme")
                .member("alice")
                .connect("notes", bulla.fallbackPage().toString());
        alice.keep(step.cookie().header());

        URI callback = new Browser().authorize(step.location(), "alice", "alice");
        WebUser.Answer bounce = alice.arrive(callback);
        assertThat(bounce.status()).isEqualTo(200);
        alice.get(bounce.page().selectFirst("a").absUrl("href"));

        assertThat(bulla.tenant("acme").member("alice").accounts())
                .extracting(ConnectedAccount::status)
                .containsExactly(AccountStatus.ACTIVE);
    }

    @Test
    void healthMetricsAndUpkeepAreShown() {
        WebUser alice = user("alice");
        assertThat(alice.json("GET", "/app/actuator/health", null).body()).contains("\"bulla\":{\"status\":\"UP\"}");
        assertThat(alice.json("GET", "/app/actuator/bulla", null).body())
                .contains("\"hostKeys\":{\"1\":\"ACTIVE\"}", "\"sweep\"");
    }
}
