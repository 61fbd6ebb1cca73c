package dev.bulla.web;

import static dev.bulla.web.Endpoint.owner;

import dev.bulla.form.FormView;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What connections can be created of. */
final class ProviderRoutes {
    private ProviderRoutes() {}

    static final List<Endpoint> ALL = List.of(
            owner("GET", "providers", ProviderRoutes::list),
            owner("GET", "providers/{provider}", call -> one(call, ProviderRoutes::whole)),
            owner("GET", "providers/{provider}/walkthrough", call -> one(call, ProviderRoutes::walkthrough)));

    private static WebResponse list(Call call) {
        return new Fields()
                .each("providers", call.connections().providers(), ProviderRoutes::brief)
                .ok();
    }

    private static WebResponse one(Call call, Function<Provider, Optional<Fields>> view) {
        return find(call, call.variable("provider"))
                .flatMap(view)
                .map(Fields::ok)
                .orElseGet(() -> call.refused(Problem.NOT_FOUND));
    }

    static Optional<Provider> find(Call call, String id) {
        return call.connections().providers().stream()
                .filter(provider -> provider.id().equals(id))
                .findFirst();
    }

    private static Fields brief(Provider provider) {
        return new Fields()
                .put("id", provider.id())
                .put("title", provider.displayName())
                .put("modes", provider.modes().stream().map(Mode::name).toList());
    }

    private static Optional<Fields> whole(Provider provider) {
        return Optional.of(new Fields()
                .put("id", provider.id())
                .put("title", provider.displayName())
                .each(
                        "modes",
                        provider.modes(),
                        mode -> new Fields()
                                .put("mode", mode.name())
                                .put("ownerForm", FormJson.of(FormView.owner(provider, mode)))
                                .put("memberForm", FormJson.of(FormView.member(provider, mode))))
                .each(
                        "scopes",
                        provider.scopes(),
                        scope -> new Fields()
                                .put("name", scope.name())
                                .put("label", scope.label())
                                .maybe("description", scope.description())
                                .put("required", scope.required())
                                .put("byDefault", scope.byDefault())
                                .put("covers", scope.covers()))
                .put("choice", provider.selection().isPresent())
                .maybe("grantsPage", provider.grantsPage().map(URI::toString))
                .maybe("rateLimit", provider.documentation().rateLimit())
                .put("walkthrough", "owner/providers/" + provider.id() + "/walkthrough"));
    }

    /** Markdown, and what goes wrong as data. */
    private static Optional<Fields> walkthrough(Provider provider) {
        return provider.documentation()
                .walkthrough()
                .map(text -> new Fields()
                        .put("markdown", text)
                        .each(
                                "symptoms",
                                provider.documentation().symptoms(),
                                symptom -> new Fields()
                                        .put("code", symptom.code())
                                        .put("seen", symptom.seen())
                                        .put("why", symptom.why())
                                        .put("actor", symptom.actor().name())
                                        .put("where", symptom.place().code())
                                        .maybe("page", symptom.page().map(URI::toString))
                                        .put("remedy", symptom.remedy())));
    }
}
