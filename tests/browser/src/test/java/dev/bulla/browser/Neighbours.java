package dev.bulla.browser;

import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.util.Optional;

/** Other sites that pages of the host meet: one that frames them and opens them in popups, and two services. */
final class Neighbours {
    private final URI authorize;

    /** @param authorize where the walled service's consent really is */
    Neighbours(URI authorize) {
        this.authorize = authorize;
    }

    /** A page with everything that a stranger can do to {@code address}; it shows what it is told. */
    WebResponse stage(WebRequest request) {
        return page("""
                <h1>Stage</h1>
                <button onclick="popup = open('%1$s', 'popup', 'popup,width=500,height=700')">Open</button>
                <ul id="told"></ul>
                <script>addEventListener('message', event => {
                  const line = document.createElement('li');
                  line.textContent = event.origin + ' says ' + JSON.stringify(event.data);
                  document.getElementById('told').append(line);
                })</script>
                <iframe src="%1$s" title="framed" width="400" height="300"></iframe>
                """.formatted(escaped(request.parameter("address").orElse(""))));
    }

    /** A login page that is isolated from other windows. */
    WebResponse walled(WebRequest request) {
        String onward = authorize + "?" + request.query();
        return page("<h1>Walled</h1><a href=\"%s\">Go on</a>".formatted(escaped(onward)))
                .header("Cross-Origin-Opener-Policy", "same-origin");
    }

    /** Whether a key of Demo Mail is good. */
    WebResponse mail(WebRequest request) {
        return request.header("Authorization").equals(Optional.of("Bearer " + Services.GOOD_KEY))
                ? WebResponse.json(200, "{\"id\": \"m-1\", \"name\": \"Alice's mail\"}")
                : WebResponse.json(401, "{\"error\": \"unknown key\"}");
    }

    private static WebResponse page(String body) {
        return WebResponse.html(
                        200,
                        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Neighbour</title></head><body>%s</body></html>"
                                .formatted(body))
                .header("Content-Security-Policy", "default-src * 'unsafe-inline'");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")
                .replace("<", "&lt;");
    }
}
