package dev.bulla.pages;

import dev.bulla.form.KeyCheck;
import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.Provider;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.Scope;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.TokenRevoker.Reach;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What members connect to here; one of each kind. */
final class Services {
    static final String NOTES = "acme-notes";
    static final String DRIVE = "acme-drive";
    static final String MAIL = "acme-mail";
    static final String HOSTILE = "<img src=x onerror=\"alert('1')\">";

    private Services() {}

    /** By consent. */
    static Provider notes() {
        return consented(NOTES, "Acme Notes", "notes.example").build();
    }

    /** By consent, and a choice in two steps: one team, then one to three folders, which can be opened, searched and turned over. */
    static Provider drive() {
        return consented(DRIVE, "Acme Drive", "drive.example")
                .selection(new Selection(
                        List.of(
                                Selection.Step.one("team", "Team"),
                                Selection.Step.several("folders", "Folders", 3)
                                        .browsed()
                                        .searched()),
                        (query, tokens, call) -> list(query),
                        (chosen, tokens, call) -> {
                            if (chosen.getOrDefault("folders", List.of()).stream()
                                    .anyMatch(choice -> choice.id().equals("gone"))) {
                                throw Selection.unknown();
                            }
                            return new Selection.Chosen(tokens, Map.of("folders", chosen.toString()), null);
                        },
                        "no_folders"))
                .build();
    }

    private static Selection.Page list(Selection.Query query) {
        if (query.step().equals("team")) {
            return new Selection.Page(List.of(Option.of("t 1", "Team one"), Option.of("t2", HOSTILE)), null);
        }
        if (!query.chosen().getOrDefault("team", List.of()).equals(List.of("t 1"))) {
            return new Selection.Page(List.of(), null);
        }
        List<Option> projects = IntStream.rangeClosed(1, 4)
                .mapToObj(number -> Option.of("p" + number, "Project " + number))
                .toList();
        if (query.search() != null) {
            String wanted = query.search().toLowerCase(Locale.ROOT);
            return new Selection.Page(
                    projects.stream()
                            .filter(option ->
                                    option.name().toLowerCase(Locale.ROOT).contains(wanted))
                            .toList(),
                    null);
        }
        if ("projects".equals(query.parent())) {
            return query.page() == null
                    ? new Selection.Page(projects.subList(0, 2), "second")
                    : new Selection.Page(projects.subList(2, 4), null);
        }
        return new Selection.Page(
                List.of(
                        Option.of("inbox", "Inbox"),
                        Option.of("gone", "Gone"),
                        new Option("projects", "Projects", true)),
                null);
    }

    /** By a key. */
    static Provider mail() {
        ApiAccess api = ApiAccess.bearer("https://mail.example");
        return Provider.builder(MAIL, "Acme Mail")
                .form(new KeyForm(
                        List.of(
                                Field.secret("apiKey", "API key", "Acme Mail: Settings, Keys")
                                        .matching("MK-[0-9a-f]{4,16}"),
                                Field.text("sender", "Sender", "The address that mail comes from")
                                        .optional()),
                        "apiKey",
                        KeyCheck.get(api, "apiKey", "/whoami").identity("id", "name")))
                .api(api)
                .custom()
                .build();
    }

    private static Provider.Builder consented(String id, String name, String domain) {
        OAuth2Spec spec = OAuth2Spec.builder("https://" + domain + "/authorize", "https://" + domain + "/token")
                .identity("https://" + domain + "/me", "id", "name")
                .revocation(
                        RevocationCall.rfc7009("https://" + domain + "/revoke", ClientAuthentication.POST, Reach.TOKEN))
                .build();
        return Provider.builder(id, name)
                .oauth2(spec, AuthorizationCodeFlow.of(spec), RefreshTokenGrant.of(spec), TokenRevocation.of(spec))
                .api(ApiAccess.bearer("https://" + domain))
                .scopes(Scope.of("notes.read", "Read <your> notes").preset())
                .grantsPage("https://" + domain + "/apps")
                .custom();
    }
}
