package dev.bulla.examples.quickstart;

import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.providers.standard.CustomProvider;
import dev.bulla.testkit.server.AuthorizationServer;
import java.time.Clock;

/** The service that members connect to: a real OAuth server on this machine, and how it is described to Bulla. */
final class DemoService {
    static final String ID = "demo-notes";

    private DemoService() {}

    /** Its people log in there with their name as the password. */
    static AuthorizationServer start(Settings settings, Clock clock) {
        AuthorizationServer.Builder server = AuthorizationServer.builder()
                .name("Demo Notes")
                .clock(clock)
                .port(settings.servicePort())
                .persistTo(settings.data().resolve("demo-notes.json"))
                .accessLifetime(settings.tokenLife());
        for (Person person : Person.values()) {
            server.user(person.id(), person.id(), person.displayName());
        }
        return server.start();
    }

    static Provider provider(AuthorizationServer server) {
        OAuth2Spec.Builder spec = OAuth2Spec.builder(
                        server.at("/authorize").toString(), server.at("/token").toString())
                .identity(server.at("/api/me").toString(), "id", "name")
                .revocation(RevocationCall.rfc7009(
                        server.at("/revoke").toString(), ClientAuthentication.POST, Reach.TOKEN));
        return CustomProvider.oauth2(ID, "Demo Notes", spec)
                .scopes(
                        Scope.of("notes.read", "Read notes").preset(),
                        Scope.of("notes.write", "Write notes").preset())
                .grantsPage(server.at("/grants").toString())
                .create();
    }
}
