package dev.bulla.pages;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Connection;
import dev.bulla.model.SealedTo;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a member reads about connections and accounts. */
final class Words {
    private Words() {}

    /** The provider of a connection; empty where the host no longer registers it. */
    static Optional<Provider> provider(Visit visit, String connection) {
        try {
            return Optional.of(visit.connections().provider(connection));
        } catch (BullaException e) { // it is gone, or its provider is: its name has to do
            return Optional.empty();
        }
    }

    /** What people call the service. */
    static String service(Visit visit, String connection) {
        return provider(visit, connection).map(Provider::displayName).orElse(connection);
    }

    /** What the member is asked to agree to, each as a line of a list. */
    static List<Html> scopes(Visit visit, Connection connection) {
        Map<String, Scope> known = provider(visit, connection.name())
                .map(provider -> provider.scopes().stream()
                        .collect(Collectors.toMap(Scope::name, Function.identity(), (one, two) -> one)))
                .orElse(Map.of());
        return connection.scopes().stream()
                .map(name -> known.containsKey(name)
                        ? Html.of("<li>%s</li>", known.get(name).label())
                        : Html.of("<li><code>%s</code></li>", name))
                .toList();
    }

    /** Who somebody is at the service. */
    static String identity(ConnectedAccount account) {
        return account.displayName().or(account::subject).orElse("");
    }

    static boolean isLive(ConnectedAccount account) {
        return account.status() != AccountStatus.DISCONNECTED && account.sealedTo() != SealedTo.NOBODY;
    }

    static Html status(Visit visit, ConnectedAccount account, boolean works) {
        String kind = !works && account.ready()
                ? "warn"
                : switch (account.status()) {
                    case ACTIVE -> "good";
                    case PENDING, RECONNECT_REQUIRED -> "warn";
                    case DISCONNECTED -> "quiet";
                };
        String key = !works && account.ready()
                ? "my.status.BLOCKED"
                : "my.status." + account.status().name();
        return Html.of("<span class=\"chip %s\">%s</span>", kind, visit.say(key));
    }

    static Html sealed(Visit visit, SealedTo sealedTo) {
        return Html.of(
                "<span class=\"chip %s\">%s</span>",
                sealedTo == SealedTo.MEMBER ? "good" : "quiet", visit.say("my.sealed." + sealedTo.name()));
    }

    static String sentence(Visit visit, Obstacle obstacle) {
        return visit.site().texts().find(Texts.ADVICE + obstacle.code()).orElse(obstacle.sentence());
    }

    /** What an error means, by its code; the code itself where nothing is known of it. */
    static String advice(Visit visit, String code) {
        return Arrays.stream(ErrorCode.values())
                .filter(known -> known.name().equals(code))
                .findFirst()
                .map(known -> sentence(visit, known.advice()))
                .orElse(code);
    }

    /** What stands in the way, each with what exactly, and a link to where it is put right where that is one of these pages or the service's. */
    static Html obstacles(Visit visit, List<Obstacle> obstacles) {
        List<Html> lines = obstacles.stream()
                .map(obstacle -> Html.of(
                        "<li%s>%s%s%s</li>",
                        Html.of(" class=\"to-know\"").when(!obstacle.blocks()),
                        sentence(visit, obstacle),
                        Html.of(" <code>%s</code>", String.join(", ", obstacle.about()))
                                .when(!obstacle.about().isEmpty()),
                        way(visit, obstacle)))
                .toList();
        return Html.of("<ul class=\"obstacles\">%s</ul>", lines).when(!lines.isEmpty());
    }

    private static Html way(Visit visit, Obstacle obstacle) {
        return switch (obstacle.place()) {
            case KEY -> Html.of(" <a href=\"%s\">%s</a>", visit.at(MemberPaths.KEY), visit.say("place.KEY"));
            case SERVICE ->
                obstacle.page()
                        .map(page -> Html.of(
                                " <a href=\"%s\" rel=\"noopener noreferrer\" target=\"_blank\">%s</a>",
                                page, visit.say("place.SERVICE")))
                        .orElse(Html.NOTHING);
            default -> Html.NOTHING;
        };
    }

    /**
     * What a button or link says, of which the name is for those who hear it: whoever sees it sees what it belongs to.
     *
     * @param key of a text with one place for the name
     */
    static Html named(Visit visit, String key, String name) {
        String text = visit.say(key, "\uFFFF");
        int place = Math.max(0, text.indexOf('\uFFFF'));
        return Html.of(
                "%s<span class=\"visually-hidden\">%s</span>%s",
                text.substring(0, place).stripTrailing(),
                (place > 0 ? " " : "") + name + (place + 1 < text.length() ? " " : ""),
                text.substring(Math.min(text.length(), place + 1)).stripLeading());
    }

    /** What was just done, where the address says so: one of a few fixed sentences. */
    static Html done(Visit visit, List<String> known) {
        String done = visit.parameter("done");
        return known.contains(done)
                ? Html.of("<p class=\"good\" role=\"status\">%s</p>", visit.say("done." + done))
                : Html.NOTHING;
    }

    /** The field for the member's key. */
    static Html keyField(Visit visit, String id, String label, String hint, boolean required) {
        return Html.of(
                """
                <div class="field"><label for="%s">%s</label><p class="hint" id="%s-hint">%s</p>
                <input id="%s" name="key" type="password" autocomplete="off" autocapitalize="none" spellcheck="false"
                 aria-describedby="%s-hint"%s></div>
                """,
                id,
                visit.say(label),
                id,
                visit.say(hint),
                id,
                id,
                Html.of(" required").when(required));
    }
}
