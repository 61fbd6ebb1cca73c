package dev.bulla.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.model.Settings;
import dev.bulla.testkit.server.AuthorizationServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifteen lines of an application are enough for members to connect. */
class MemberPanelTest {
    private static final String APPLICATION = """
            package notes;

            import dev.bulla.integrations.springmvc.Callers;
            import dev.bulla.provider.OAuth2Spec;
            import dev.bulla.provider.Provider;
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
                    var spec = OAuth2Spec.builder(at + "/authorize", at + "/token").identity(at + "/api/me", "id", "name");
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
            Connections owner = application.bean(Bulla.class).tenant("acme").connections();
            URI redirect = owner.create("notes", "notes").redirectUri();
            service.registerClient("app", "secret", redirect.toString());
            assertThat(owner.save("notes", Settings.clientId("app").clientSecret("secret"))
                            .missing())
                    .isEmpty();

            WebUser alice = new WebUser(application.port(), "");
            assertThat(alice.get("/bulla/api/connections").location().getPath()).isEqualTo("/login");
            alice.login("alice", "alice");
            WebUser.Answer status = alice.get("/bulla/api/connections");
            assertThat(status.body()).contains("\"connection\":\"notes\"", "\"accounts\":[]");
        }
    }
}
