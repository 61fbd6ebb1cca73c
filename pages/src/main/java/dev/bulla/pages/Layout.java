package dev.bulla.pages;

import dev.bulla.web.Caller;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The frame of every page. */
final class Layout {
    /** Forms go to these pages alone: the way to a service begins with a page of its own, not with the answer to a form. */
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private Layout() {}

    static WebResponse page(
            Site site, WebRequest request, Optional<Caller> caller, int status, String title, Html body) {
        return page(site, request, caller, status, title, body, Html.NOTHING);
    }

    /** @param attributes of the body, for the script, with a blank at their head */
    static WebResponse page(
            Site site,
            WebRequest request,
            Optional<Caller> caller,
            int status,
            String title,
            Html body,
            Html attributes) {
        PageOptions options = site.options();
        Html page = Html.of(
                """
                <!doctype html>
                <html lang="%s"%s>
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="robots" content="noindex">
                <title>%s - %s</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="%s">
                %s<script src="%s" defer></script>
                </head>
                <body%s%s>
                <a class="skip" href="#main">%s</a>
                <header class="top"><div class="inside"><a class="brand" href="%s">%s</a>%s</div></header>
                <main id="main" class="inside" tabindex="-1">
                <h1>%s</h1>
                %s
                </main>
                </body>
                </html>
                """,
                options.language(),
                options.scheme() == PageOptions.Scheme.AUTO
                        ? Html.NOTHING
                        : Html.of(" data-theme=\"%s\"", options.scheme().name().toLowerCase(Locale.ROOT)),
                title,
                options.title(),
                site.at("/assets/" + Assets.style()),
                options.stylesheet()
                        .map(path -> Html.of("<link rel=\"stylesheet\" href=\"%s\">\n", path))
                        .orElse(Html.NOTHING),
                site.at("/assets/" + Assets.script()),
                Html.of(" data-live").when(request.method().equals("GET")),
                attributes,
                site.texts().say("page.skip"),
                options.home().map(Object::toString).orElse(site.at("/")),
                options.title(),
                caller.map(known -> links(site, request, known)).orElse(Html.NOTHING),
                title,
                body);
        return WebResponse.html(status, page.toString())
                .header("Content-Security-Policy", POLICY)
                .header("X-Frame-Options", "DENY");
    }

    private static Html links(Site site, WebRequest request, Caller caller) {
        List<Html> links = new ArrayList<>();
        links.add(link(site, request, MemberPaths.PANEL, "nav.services"));
        links.add(link(site, request, MemberPaths.KEY, "nav.key"));
        links.add(link(site, request, MemberPaths.TOOLS, "nav.tools"));
        links.add(link(site, request, MemberPaths.GRANTS, "nav.grants"));
        links.add(link(site, request, MemberPaths.ACTIVITY, "nav.activity"));
        if (caller.owner()) {
            links.add(link(site, request, OwnerPaths.PANEL, "nav.connections"));
            links.add(link(site, request, OwnerPaths.MEMBERS, "nav.members"));
            links.add(link(site, request, OwnerPaths.AUDIT, "nav.audit"));
        }
        return Html.of("<nav aria-label=\"%s\"><ul>%s</ul></nav>", site.texts().say("nav.label"), links);
    }

    private static Html link(Site site, WebRequest request, String path, String key) {
        return Html.of(
                "<li><a href=\"%s\"%s>%s</a></li>",
                site.at(path),
                Html.of(" aria-current=\"page\"").when(request.path().equals(site.at(path))),
                site.texts().say(key));
    }
}
