package dev.bulla.pages;

import dev.bulla.web.WebResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pieces of pages that several of them share. */
final class Pieces {
    private Pieces() {}

    /** A field of the form exactly as it was sent: names of members may begin with a blank. */
    static String sent(Visit visit, String name) {
        return visit.request().field(name).orElse("");
    }

    static WebResponse notFound(Visit visit) {
        return Refusals.of(visit.site(), visit.request(), Optional.of(visit.caller()), 404, "NOT_FOUND");
    }

    /** What was refused, at the head of the page and in the focus. */
    static Html errors(Visit visit, List<Html> links) {
        return Html.of(
                        """
                <div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="errors">
                <h2 id="errors">%s</h2><ul>%s</ul></div>
                """,
                        visit.say("errors.title"),
                        links.stream().map(link -> Html.of("<li>%s</li>", link)).toList())
                .when(!links.isEmpty());
    }

    static Html joined(List<Html> parts) {
        List<Html> all = new ArrayList<>();
        for (Html part : parts) {
            if (!all.isEmpty()) {
                all.add(Html.of(", "));
            }
            all.add(part);
        }
        return Html.of("%s", all);
    }

    /** A table in a frame of its own, which scrolls where it is too wide. */
    static Html table(String caption, List<String> heads, List<Html> rows) {
        return Html.of(
                """
                <div class="scroll" role="region" tabindex="0" aria-label="%s"><table><caption>%s</caption>
                <thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>
                """,
                caption,
                caption,
                heads.stream()
                        .map(head -> Html.of("<th scope=\"col\">%s</th>", head))
                        .toList(),
                rows);
    }
}
