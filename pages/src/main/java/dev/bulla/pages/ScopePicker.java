package dev.bulla.pages;

import dev.bulla.Connections.Accounts;
import dev.bulla.model.AccountStatus;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import dev.bulla.web.WebRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What members are asked to consent to: the service's known scopes to tick, and others by name. */
final class ScopePicker {
    static final String ID = "consent-scopes";
    private static final String TICKED = "scope";
    private static final String OTHERS = "scopes.other";

    private final Visit visit;
    private final Provider provider;
    private final List<String> chosen;
    private final boolean refused;

    /**
     * @param chosen scopes as they are, or as they were typed
     * @param refused whether those that were typed are not of the form that scopes have
     */
    ScopePicker(Visit visit, Provider provider, List<String> chosen, boolean refused) {
        this.visit = visit;
        this.provider = provider;
        this.chosen = chosen;
        this.refused = refused;
    }

    /** What was ticked and typed, one a line. */
    static String typed(WebRequest request) {
        List<String> scopes = new ArrayList<>(request.form().getOrDefault(TICKED, List.of()));
        request.field(OTHERS).ifPresent(text -> text.lines().map(String::strip).forEach(scopes::add));
        return scopes.stream().filter(scope -> !scope.isEmpty()).distinct().collect(Collectors.joining("\n"));
    }

    Html markup(Accounts accounts) {
        Set<String> known = provider.scopes().stream().map(Scope::name).collect(Collectors.toSet());
        String others = chosen.stream().filter(scope -> !known.contains(scope)).collect(Collectors.joining("\n"));
        return Html.of(
                "%s%s%s",
                warning(accounts),
                Html.of(
                                "<fieldset class=\"field\" aria-describedby=\"%s-hint\"><legend>%s</legend>"
                                        + "<p class=\"hint\" id=\"%s-hint\">%s</p>%s</fieldset>",
                                ID,
                                visit.say("scopes.legend", provider.displayName()),
                                ID,
                                visit.say("scopes.hint"),
                                provider.scopes().stream().map(this::box).toList())
                        .when(!known.isEmpty()),
                Html.of(
                        """
                        <div class="field"><label for="%s">%s</label><p class="hint" id="%s-other">%s</p>%s
                        <textarea id="%s" name="%s" rows="2" autocomplete="off" spellcheck="false"
                         aria-describedby="%s-other%s"%s>
                        %s</textarea></div>
                        """,
                        ID,
                        visit.say(known.isEmpty() ? "scopes.all" : "scopes.other"),
                        ID,
                        visit.say("scopes.other-hint", provider.displayName()),
                        Html.of("<p class=\"error\" id=\"%s-error\">%s</p>", ID, visit.say("scopes.refused"))
                                .when(refused),
                        ID,
                        OTHERS,
                        ID,
                        refused ? " " + ID + "-error" : "",
                        Html.of(" aria-invalid=\"true\"").when(refused),
                        others));
    }

    /** Grants do not grow by themselves. */
    private Html warning(Accounts accounts) {
        long live = accounts.all().stream()
                .filter(account -> account.status() != AccountStatus.DISCONNECTED)
                .count();
        int lacking = accounts.needingConsent().size();
        return Html.of(
                        "<p class=\"note\">%s %s</p>",
                        visit.count("scopes.warning", live), visit.count("scopes.lacking", lacking))
                .when(live > 0);
    }

    private Html box(Scope scope) {
        boolean ticked = scope.required() || chosen.contains(scope.name());
        return Html.of(
                """
                <label class="check">%s<input type="checkbox" name="%s" value="%s"%s%s>
                <span>%s <code>%s</code>%s%s</span></label>
                """,
                Html.of("<input type=\"hidden\" name=\"%s\" value=\"%s\">", TICKED, scope.name())
                        .when(scope.required()), // what is disabled is not sent
                TICKED,
                scope.name(),
                Html.of(" checked").when(ticked),
                Html.of(" disabled").when(scope.required()),
                scope.label(),
                scope.name(),
                mark(scope),
                Html.of("<span class=\"hint\">%s</span>", scope.description())
                        .when(!scope.description().isBlank()));
    }

    private Html mark(Scope scope) {
        String key = scope.required() ? "scopes.required" : "scopes.default";
        return Html.of(" <span class=\"chip quiet\">%s</span>", visit.say(key))
                .when(scope.required() || scope.byDefault());
    }
}
