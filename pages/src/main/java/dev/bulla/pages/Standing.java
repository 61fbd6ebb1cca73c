package dev.bulla.pages;

import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import dev.bulla.model.Connection;
import dev.bulla.model.Explanation;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in the way of a connection, in order, and of its accounts: what it is, who can put it right, and where. */
final class Standing {
    private Standing() {}

    static Html of(Visit visit, Connection connection, ConnectionForm form) {
        Explanation explanation = visit.connections().explain(connection.name());
        List<Html> rows = explanation.obstacles().stream()
                .map(obstacle -> row(visit, form, obstacle, Optional.empty()))
                .toList();
        List<Html> accounts = explanation.accounts().entrySet().stream()
                .map(entry -> row(visit, form, entry.getKey(), accounts(visit, entry)))
                .toList();
        return Html.of(
                "<section aria-labelledby=\"standing\"><h2 id=\"standing\">%s</h2>%s%s%s</section>",
                visit.say("standing.title"),
                Html.of("<p class=\"good\">%s</p>", visit.say("standing.works")).when(explanation.works()),
                Html.of("<ol class=\"obstacles\">%s</ol>", rows).when(!rows.isEmpty()),
                Html.of("<h3>%s</h3><ul class=\"obstacles\">%s</ul>", visit.say("standing.accounts"), accounts)
                        .when(!accounts.isEmpty()));
    }

    private static Optional<String> accounts(Visit visit, Map.Entry<Obstacle, Integer> entry) {
        return Optional.of(visit.count("standing.count", entry.getValue()));
    }

    private static Html row(Visit visit, ConnectionForm form, Obstacle obstacle, Optional<String> count) {
        Html about = about(form, obstacle);
        return Html.of(
                "<li%s>%s %s%s %s %s</li>",
                Html.of(" class=\"to-know\"").when(count.isPresent() || !obstacle.blocks()),
                Html.of(
                        "<span class=\"chip quiet\">%s</span>",
                        visit.say("owner.actor." + obstacle.actor().name())),
                count.map(text -> Html.of("<strong>%s</strong> ", text)).orElse(Html.NOTHING),
                obstacle.sentence(),
                Html.of("%s.", about).when(!about.isEmpty()),
                where(visit, obstacle));
    }

    /** What exactly: fields of the form are links to where they are filled in. */
    private static Html about(ConnectionForm form, Obstacle obstacle) {
        List<Html> names = obstacle.about().stream()
                .map(name -> obstacle.place() == Place.CONNECTION_FORM
                        ? Html.of("<a href=\"#%s\">%s</a>", form.place(name), form.label(name))
                        : Html.of("<code>%s</code>", name))
                .toList();
        return Pieces.joined(names);
    }

    private static Html where(Visit visit, Obstacle obstacle) {
        Optional<URI> page = obstacle.page();
        if (page.isPresent() && "https".equals(page.get().getScheme())) {
            return Html.of(
                    "<a href=\"%s\" target=\"_blank\" rel=\"noopener noreferrer\">%s</a>",
                    page.get(), visit.say("standing.page"));
        }
        return switch (obstacle.place()) {
            case CONNECTIONS -> Html.of("<a href=\"#actions\">%s</a>", visit.say("standing.actions"));
            case CONNECTION_FORM -> Html.of("<a href=\"#settings\">%s</a>", visit.say("standing.form"));
            default -> Html.NOTHING;
        };
    }
}
