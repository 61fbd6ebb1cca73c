package dev.bulla.web;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A callback comes from another site, so a host whose session cookie is {@code SameSite=Strict} does not see it. This page asks for
 * the same address once more, now from the host's own site. A marker in the query tells the second arrival, so that it happens once.
 */
final class Bounce {
    private static final String MARKER = "bulla_again=1";
    private static final int LONGEST_QUERY = 8192;

    private Bounce() {}

    /** Whether this arrival may be asked to come again. */
    static boolean fits(WebRequest request) {
        return !request.query().isEmpty()
                && request.query().length() <= LONGEST_QUERY
                && !Arrays.asList(request.query().split("&", -1)).contains(MARKER);
    }

    /** The page; it has no script, so no policy needs an exception for it. */
    static WebResponse page(WebRequest request) {
        String again = escape("?" + request.query() + "&" + MARKER);
        return WebResponse.html(200, """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>One moment</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="refresh" content="0;url=%s"></head>
                <body><p>One moment. <a href="%s">Go on</a> if nothing happens.</p></body></html>
                """.formatted(again, again));
    }

    /** The request as the service sent it. */
    static WebRequest unmarked(WebRequest request) {
        return request.withQuery(Arrays.stream(request.query().split("&", -1))
                .filter(pair -> !pair.equals(MARKER))
                .collect(Collectors.joining("&")));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
