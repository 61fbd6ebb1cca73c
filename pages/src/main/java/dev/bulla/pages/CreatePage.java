package dev.bulla.pages;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Connection;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.web.WebResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A new connection, in two steps: the service, then mode and name. */
final class CreatePage {
    private CreatePage() {}

    static WebResponse show(Visit visit) {
        return provider(visit, visit.parameter("provider"))
                .map(provider ->
                        details(visit, provider, suggested(visit, provider), visit.parameter("mode"), Optional.empty()))
                .orElseGet(() -> services(visit));
    }

    private static Optional<Provider> provider(Visit visit, String id) {
        return visit.connections().providers().stream()
                .filter(provider -> provider.id().equals(id))
                .findFirst();
    }

    private static WebResponse services(Visit visit) {
        String wanted = visit.parameter("q").strip();
        String lower = wanted.toLowerCase(Locale.ROOT);
        List<Html> found = visit.connections().providers().stream()
                .filter(provider ->
                        provider.displayName().toLowerCase(Locale.ROOT).contains(lower)
                                || provider.id().contains(lower))
                .map(provider -> Html.of(
                        """
                        <li class="card">%s<div><h3><a href="%s">%s</a></h3><p class="quiet">%s</p></div></li>
                        """,
                        Monogram.of(provider.displayName()),
                        visit.at(OwnerPaths.CREATE, "provider", provider.id()),
                        provider.displayName(),
                        provider.modes().stream()
                                .map(mode -> visit.say("mode." + mode.name()))
                                .collect(Collectors.joining(", "))))
                .toList();
        return visit.page(
                visit.say("owner.new"),
                Html.of(
                        """
                <form class="search" role="search" method="get" action="%s"><label for="q">%s</label>
                <div class="bar"><input id="q" name="q" type="search" value="%s" autocomplete="off">
                <button class="plain">%s</button></div></form>
                <h2>%s</h2><p role="status">%s</p><ul class="cards">%s</ul>
                <p><a href="%s">%s</a></p>
                """,
                        visit.at(OwnerPaths.CREATE),
                        visit.say("create.search"),
                        wanted,
                        visit.say("create.find"),
                        visit.say("create.services"),
                        visit.count("create.found", found.size()),
                        found,
                        visit.at(OwnerPaths.PANEL),
                        visit.say("owner.back")));
    }

    private static WebResponse details(
            Visit visit, Provider provider, String name, String mode, Optional<String> refused) {
        Mode chosen = mode(provider, mode);
        List<Html> modes = provider.modes().stream()
                .map(offered -> Html.of(
                        """
                        <label class="check"><input type="radio" name="mode" value="%s"%s>
                        <span>%s<span class="hint">%s</span></span></label>
                        """,
                        offered.name(),
                        Html.of(" checked").when(offered == chosen),
                        visit.say("mode." + offered.name()),
                        visit.say("mode-hint." + offered.name())))
                .toList();
        Html body = Html.of(
                """
                %s<p class="quiet">%s</p>%s<p><a href="%s">%s</a></p>
                """,
                Pieces.errors(
                        visit,
                        refused.map(why -> List.of(Html.of("<a href=\"#name\">%s</a>", why)))
                                .orElse(List.of())),
                visit.say("create.for", provider.displayName()),
                visit.form(
                        OwnerPaths.CREATE,
                        Html.of(
                                """
                        <input type="hidden" name="provider" value="%s">
                        <div class="field"><label for="name">%s</label><p class="hint" id="name-hint">%s</p>%s
                        <input id="name" name="name" value="%s" maxlength="100" required autocomplete="off"
                         aria-describedby="name-hint%s"%s></div>
                        <fieldset class="field"><legend>%s</legend>%s</fieldset>
                        <button>%s</button>
                        """,
                                provider.id(),
                                visit.say("create.name"),
                                visit.say("create.name-hint"),
                                refused.map(why -> Html.of("<p class=\"error\" id=\"name-error\">%s</p>", why))
                                        .orElse(Html.NOTHING),
                                name,
                                refused.isPresent() ? " name-error" : "",
                                Html.of(" aria-invalid=\"true\"").when(refused.isPresent()),
                                visit.say("create.mode"),
                                modes,
                                visit.say("create.do"))),
                visit.at(OwnerPaths.CREATE),
                visit.say("create.other"));
        return visit.page(refused.isPresent() ? 422 : 200, visit.say("create.title", provider.displayName()), body);
    }

    /** The mode of this name; the provider's default where it has none such. */
    private static Mode mode(Provider provider, String name) {
        return provider.modes().stream()
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElse(provider.modes().get(0));
    }

    /** A name that is free: the provider's id, with a number where that is taken. */
    private static String suggested(Visit visit, Provider provider) {
        Set<String> taken =
                visit.connections().list().stream().map(Connection::name).collect(Collectors.toSet());
        String name = provider.id();
        for (int number = 2; taken.contains(name); number++) {
            name = provider.id() + "-" + number;
        }
        return name;
    }

    static WebResponse create(Visit visit) {
        String name = visit.field("name");
        Optional<Provider> provider = provider(visit, visit.field("provider"));
        if (provider.isEmpty()) {
            return services(visit);
        }
        Mode mode = mode(provider.get(), visit.field("mode"));
        try {
            Connection created = visit.connections().create(name, provider.get().id(), mode);
            return visit.go(OwnerPaths.CONNECTION, "name", created.name(), "done", "created");
        } catch (BullaException e) {
            if (e.code() != ErrorCode.CONNECTION_NAME_TAKEN && e.code() != ErrorCode.INVALID_SETTING) {
                throw e;
            }
            String why = visit.say(e.code() == ErrorCode.INVALID_SETTING ? "create.bad-name" : "create.taken");
            return details(visit, provider.get(), name, mode.name(), Optional.of(why));
        }
    }
}
