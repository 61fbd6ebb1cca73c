package dev.bulla.examples.quickstart;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
        OAuth2Spec spec = OAuth2Spec.builder(
                        server.at("/authorize").toString(), server.at("/token").toString())
                .identity(server.at("/api/me").toString(), "id", "name")
                .revocation(
                        RevocationCall.rfc7009(server.at("/revoke").toString(), ClientAuthentication.POST, Reach.TOKEN))
                .build();
        return Provider.builder(ID, "Demo Notes")
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer(server.issuer().toString()))
                .scopes(
                        Scope.of("notes.read", "Read notes").preset(),
                        Scope.of("notes.write", "Write notes").preset())
                .grantsPage(server.at("/grants").toString())
                .documentation(Documentation.read("2026-11-21", server.issuer().toString())
                        .walkthrough(() -> guide(server.at("/apps").toString())))
                .tools(tools())
                .custom()
                .build();
    }

    /** What agents can be given. */
    private static ToolSet tools() {
        return ToolSet.of()
                .with(
                        Tool.named("list_notes")
                                .description("Lists all notes.")
                                .http(HttpTemplate.get("/api/notes"))
                                .build(),
                        Tool.named("add_note")
                                .description("Adds a note.")
                                .input("""
                                        {"properties": {"text": {"type": "string"}}, "required": ["text"]}""")
                                .http(HttpTemplate.post("/api/notes").form())
                                .build());
    }

    /** What the owner's page tells about setting it up. */
    private static InputStream guide(String apps) {
        return new ByteArrayInputStream("""
                ## Register

                1. Open `%s` (the first page of the quickstart has a link) and log in as `olivia`, password `olivia`.
                2. Enter any name and the callback URL of this connection, and register.
                3. Copy client ID and client secret into the form below.
                """.formatted(apps).getBytes(StandardCharsets.UTF_8));
    }
}
