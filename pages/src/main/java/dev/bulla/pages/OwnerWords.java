package dev.bulla.pages;

import dev.bulla.model.Connection;
import dev.bulla.provider.Provider;
import java.util.Optional;
import java.util.Set;

/** Pieces of markup that several of the owner's pages share. */
final class OwnerWords {
    /** What a page tells after it was sent for by another one. */
    private static final Set<String> DONE = Set.of("created", "saved", "enabled", "disabled", "deleted", "removed");

    private OwnerWords() {}

    /** What was just done, where the address says so: one of a few fixed sentences. */
    static Html done(Visit visit) {
        String done = visit.parameter("done");
        return DONE.contains(done)
                ? Html.of("<p class=\"good\" role=\"status\">%s</p>", visit.say("done." + done))
                : Html.NOTHING;
    }

    /** The provider of a connection; empty where the host no longer registers it. */
    static Optional<Provider> provider(Visit visit, Connection connection) {
        return visit.connections().providers().stream()
                .filter(provider -> provider.id().equals(connection.provider()))
                .map(provider -> provider.in(connection.mode()))
                .findFirst();
    }

    /** Whether members can use a connection, in a word each. */
    static Html state(Visit visit, Connection connection) {
        return Html.of(
                "%s%s%s",
                connection.enabled()
                        ? chip(visit, "good", "enabled")
                                .when(connection.missing().isEmpty())
                        : chip(visit, "quiet", "disabled"),
                Html.of(" %s", chip(visit, "warn", "incomplete"))
                        .when(!connection.missing().isEmpty()),
                connection.required() ? Html.of(" %s", chip(visit, "quiet", "required")) : Html.NOTHING);
    }

    static Html chip(Visit visit, String kind, String key) {
        return Html.of("<span class=\"chip %s\">%s</span>", kind, visit.say("state." + key));
    }
}
