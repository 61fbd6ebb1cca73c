package dev.bulla.browser;

import dev.bulla.form.KeyCheck;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Documentation;
import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.Selection;
import dev.bulla.provider.TokenRevoker.Reach;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Algorithm;
import dev.bulla.provider.WebhookScheme.Coding;
import dev.bulla.provider.WebhookScheme.Source;
import dev.bulla.testkit.server.AuthorizationServer;
import dev.bulla.tool.HttpTemplate;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Tool;
import dev.bulla.tool.ToolSet;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What members connect to here: notes by consent, a drive by consent with folders to choose, mail by key. */
final class Services {
    static final String NOTES = "demo-notes";
    static final String DRIVE = "demo-drive";
    /** Its pages cut the popup off from who opened it, as those of large vendors do. */
    static final String WALLED = "demo-walled";

    static final String MAIL = "demo-mail";
    static final String GOOD_KEY = "MK-0123456789abcdef";

    private Services() {}

    static Provider notes(AuthorizationServer server) {
        return consented(NOTES, "Demo Notes", server, server.at("/authorize").toString())
                .tools(ToolSet.of(ResourceKind.of("notebook", "Notebook"))
                        .with(
                                Tool.named("who_am_i")
                                        .description("Says whose notes these are.")
                                        .http(HttpTemplate.get("/api/me"))
                                        .touchesNothing()
                                        .build(),
                                Tool.named("delete_note")
                                        .description("Deletes a note for good.")
                                        .input("""
                                                {"properties": {"note": {"type": "string"}}, "required": ["note"]}""")
                                        .http(HttpTemplate.delete("/api/notes/{note}"))
                                        .touchesNothing()
                                        .build()))
                .webhooks(WebhookScheme.hmac(Algorithm.HMAC_SHA256, "X-Notes-Signature", "", Coding.HEX)
                        .source(Source.RECEIVER)
                        .build())
                .build();
    }

    static Provider drive(AuthorizationServer server) {
        return consented(DRIVE, "Demo Drive", server, server.at("/authorize").toString())
                .selection(folders())
                .build();
    }

    /** @param host where the page is that people see first */
    static Provider walled(AuthorizationServer server, String host) {
        return consented(WALLED, "Demo Walled", server, host + "/walled").build();
    }

    private static Provider.Builder consented(String id, String name, AuthorizationServer server, String authorize) {
        OAuth2Spec spec = OAuth2Spec.builder(authorize, server.at("/token").toString())
                .identity(server.at("/api/me").toString(), "id", "name")
                .revocation(
                        RevocationCall.rfc7009(server.at("/revoke").toString(), ClientAuthentication.POST, Reach.TOKEN))
                .build();
        return Provider.builder(id, name)
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer(server.issuer().toString()))
                .scopes(
                        Scope.of("notes.read", "Read notes").preset(),
                        Scope.of("notes.write", "Write notes").preset())
                .grantsPage(server.at("/grants").toString())
                .documentation(Documentation.read("2026-11-21", server.issuer().toString())
                        .walkthrough(() -> new ByteArrayInputStream(GUIDE.getBytes(StandardCharsets.UTF_8))))
                .custom();
    }

    private static final String GUIDE = """
            ## Register

            1. Open the page *For developers* and register an app.
            2. Copy **client ID** and **client secret** into the form.

            ## When it does not work

            | What you see | Why | Who | What to do |
            | --- | --- | --- | --- |
            | `invalid_client` | The secret was mistyped | Owner | Register again, and copy it |
            | `access_denied` | The member declined | Member | Connect again |
            """;

    /** One to three of them; "Projects" opens twelve more. */
    private static Selection folders() {
        Selection.Step step =
                Selection.Step.several("folders", "Folders", 3).browsed().searched();
        return new Selection(
                List.of(step),
                (query, tokens, call) -> new Selection.Page(list(query), null),
                (chosen, tokens, call) -> new Selection.Chosen(
                        tokens,
                        Map.of(
                                "folders",
                                chosen.getOrDefault("folders", List.of()).stream()
                                        .map(Selection.Choice::id)
                                        .collect(Collectors.joining(","))),
                        null),
                "no_folders");
    }

    private static List<Selection.Option> list(Selection.Query query) {
        List<Selection.Option> below = IntStream.rangeClosed(1, 12)
                .mapToObj(number -> Selection.Option.of("p" + number, "Project " + number))
                .toList();
        if (query.search() != null) {
            String wanted = query.search().toLowerCase(Locale.ROOT);
            return below.stream()
                    .filter(option -> option.name().toLowerCase(Locale.ROOT).contains(wanted))
                    .toList();
        }
        return query.parent() != null
                ? below
                : List.of(
                        Selection.Option.of("inbox", "Inbox"),
                        Selection.Option.of("taxes", "Taxes <2026> & \"more\""),
                        new Selection.Option("projects", "Projects", true));
    }

    /** @param host where keys are checked */
    static Provider mail(String host) {
        ApiAccess api = ApiAccess.bearer(host);
        KeyCheck check = KeyCheck.get(api, "apiKey", "/mail/whoami").identity("id", "name");
        return Provider.builder(MAIL, "Demo Mail")
                .form(new KeyForm(
                        List.of(
                                Field.secret("apiKey", "API key", "Demo Mail: Settings, Keys")
                                        .matching("MK-[0-9a-f]{16}"),
                                Field.text("sender", "Sender", "The address that mail comes from")
                                        .optional()),
                        "apiKey",
                        check))
                .api(api)
                .custom()
                .build();
    }
}
