package dev.bulla.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.testkit.server.Browser;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifteen lines of an application are enough for members to connect. */
class MemberPanelTest {
    private static final String APPLICATION = """
            package notes;

            import dev.bulla.integrations.springmvc.Callers;
            import dev.bulla.provider.OAuth2Spec;
            import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
            import dev.bulla.provider.Provider;
            import dev.bulla.provider.RevocationCall;
            import dev.bulla.provider.TokenRevoker.Reach;
            import dev.bulla.providers.standard.CustomProvider;
            import dev.bulla.web.Caller;
            import org.springframework.beans.factory.annotation.Value;
            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.SpringBootApplication;
            import org.springframework.context.annotation.Bean;
            import org.springframework.security.core.userdetails.User;
            import org.springframework.security.core.userdetails.UserDetailsService;

            @SpringBootApplication
            public class Notes {
                public static void main(String[] args) {
                    SpringApplication.run(Notes.class, args);
                }

                @Bean
                Callers callers() {
                    return login -> new Caller("acme", login.getName(), login.getName().equals("olga"));
                }

                @Bean
                UserDetailsService people() {
                    return name -> User.withUsername(name).password("{noop}" + name).build();
                }

                @Bean
                Provider service(@Value("${notes}") String at) {
                    var spec = OAuth2Spec.builder(at + "/authorize", at + "/token").identity(at + "/api/me", "id", "name")
                            .revocation(RevocationCall.rfc7009(at + "/revoke", ClientAuthentication.POST, Reach.TOKEN));
                    return CustomProvider.oauth2("notes", "Notes", spec).create();
                }
            }
            """;

    private static final String PROPERTIES = """
            bulla.base-uri=https://app.example.com/bulla
            bulla.initialize-schema=embedded
            """;

    @Test
    void fifteenLinesGiveAMemberPanel(@TempDir Path directory) throws Exception {
        assertThat(GeneratedApplication.ownLines(APPLICATION)).isLessThanOrEqualTo(15);
        try (AuthorizationServer service = AuthorizationServer.builder()
                        .user("alice", "alice", "Alice")
                        .start();
                GeneratedApplication application = GeneratedApplication.start(
                        directory,
                        "notes.Notes",
                        Map.of("Notes.java", APPLICATION, "application.properties", PROPERTIES),
                        "--server.port=0",
                        "--server.forward-headers-strategy=framework",
                        "--notes=" + service.issuer(),
                        "--bulla.http.reaching=127.0.0.1:" + service.port())) {
            ownerConfigures(new WebUser(application.port(), ""), service);
            memberConnectsAndDisconnects(new WebUser(application.port(), ""), service);
            assertThat(service.grants("alice")).as("told the service, too").isEmpty();
        }
    }

    private static void ownerConfigures(WebUser olga, AuthorizationServer service) {
        assertThat(olga.get("/bulla/owner").location().getPath()).isEqualTo("/login");
        olga.login("olga", "olga");
        Document create = olga.get("/bulla/owner/new?provider=notes").page();
        Document settings = olga.submit(create.selectFirst("main form[method=post]"), Map.of())
                .page();
        String redirect = settings.selectFirst("#redirect-uri").val();
        assertThat(redirect).startsWith("https://app.example.com/bulla/callback/");
        service.registerClient("app", "secret", redirect);
        Document saved = olga.submit(
                        settings.selectFirst("form:has(#app-clientId)"),
                        Map.of("field.clientId", "app", "field.clientSecret", "secret"))
                .page();
        assertThat(saved.text()).contains("Nobody has connected yet").doesNotContain("incomplete");
    }

    private static void memberConnectsAndDisconnects(WebUser alice, AuthorizationServer service) {
        alice.login("alice", "alice");
        assertThat(alice.get("/bulla/owner").status()).as("no page of an owner").isEqualTo(404);
        Document panel = alice.get("/bulla/").page();
        Document leaving = alice.submit(panel.selectFirst("main form[method=post]"), Map.of())
                .page();
        URI consent = URI.create(
                leaving.selectFirst("main a[href^=" + service.issuer() + "]").attr("href"));
        alice.arrive(new Browser().authorize(consent, "alice", "alice"));
        Document connected = alice.get("/bulla/").page();
        assertThat(connected.selectFirst("main").text()).contains("Alice");

        String disconnect =
                connected.selectFirst("main a[href^=/bulla/disconnect]").attr("href");
        Document sure = alice.get(disconnect).page();
        alice.submit(sure.selectFirst("main form[method=post]"), Map.of());
        assertThat(alice.get("/bulla/").page().selectFirst("main").text()).doesNotContain("Alice");
    }
}
