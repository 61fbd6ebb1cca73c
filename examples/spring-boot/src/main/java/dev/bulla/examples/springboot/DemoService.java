package dev.bulla.examples.springboot;

import dev.bulla.Bulla;
import dev.bulla.Connections;
import dev.bulla.http.HttpSettings;
import dev.bulla.integrations.springboot.BullaCustomizer;
import dev.bulla.model.Settings;
import dev.bulla.provider.Provider;
import dev.bulla.providers.standard.CustomProvider;
import dev.bulla.testkit.server.AuthorizationServer;
import java.net.URI;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What no host has: a service of its own to connect to, an exception so that it can be reached, and an owner who has configured it. */
@Configuration(proxyBeanMethods = false)
class DemoService {
    static final String CONNECTION = "notes";

    @Bean
    AuthorizationServer notes() {
        return AuthorizationServer.builder()
                .name("Demo Notes")
                .user("mia", "mia", "Mia Example")
                .start();
    }

    private static HttpSettings reaching(AuthorizationServer notes) {
        return HttpSettings.standard().reaching("127.0.0.1:" + notes.port());
    }

    @Bean
    BullaCustomizer reachable(AuthorizationServer notes) {
        return builder -> builder.http(reaching(notes));
    }

    @Bean
    Provider demoNotes(AuthorizationServer notes) {
        return CustomProvider.discover(
                        "demo-notes", "Demo Notes", notes.issuer().toString(), reaching(notes))
                .create();
    }

    @Bean
    ApplicationRunner owner(Bulla bulla, AuthorizationServer notes) {
        return arguments -> {
            Connections owner = bulla.tenant(NotesApplication.TENANT).connections();
            URI redirect = owner.create(CONNECTION, "demo-notes").redirectUri();
            notes.registerClient("notes", "a-secret", redirect.toString());
            owner.save(CONNECTION, Settings.clientId("notes").clientSecret("a-secret"));
        };
    }
}
