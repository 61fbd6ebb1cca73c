package dev.bulla.testkit.server;

import java.util.Locale;

/** The frame of every page, and the one way that a value gets into it. */
final class Html {
    private static final String STYLE = """
            body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:0 auto;padding:1.5rem;color:#1c2430;background:#f5f6f8}
            main{background:#fff;border:1px solid #d8dde4;border-radius:10px;padding:1.25rem}
            h1{font-size:1.3rem;margin:0 0 .75rem} label{display:block;margin:.75rem 0}
            input[type=text],input[type=password],input[type=url]{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.6rem;\
            border:1px solid #98a2b0;border-radius:6px}
            button{font:inherit;padding:.65rem 1.1rem;border-radius:6px;border:1px solid #1d5fbf;background:#1d5fbf;color:#fff;margin:.5rem .5rem 0 0}
            button.quiet{background:#fff;color:#1d5fbf} .note{color:#5a6472;font-size:.9rem} .bad{color:#a11}
            code{overflow-wrap:anywhere;background:#eef1f5;padding:.1rem .3rem;border-radius:4px} li{margin:.5rem 0}
            nav{margin-bottom:1rem;font-size:.9rem} nav a{margin-right:1rem}
            """;

    private Html() {}

    /** Makes a text safe inside an element and inside a quoted attribute. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /** Fills {@code %s} places with escaped values. */
    static String fill(String template, String... values) {
        Object[] escaped = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            escaped[i] = escape(values[i]);
        }
        return String.format(Locale.ROOT, template, escaped);
    }

    /** @param body markup whose values are escaped already */
    static String page(String service, String title, String body) {
        return fill("""
                        <!doctype html>
                        <html lang="en"><head><meta charset="utf-8"><title>%s - %s</title>
                        <meta name="viewport" content="width=device-width, initial-scale=1">
                        """, title, service)
                + "<style>" + STYLE + "</style></head><body>"
                + fill("""
                        <nav><strong>%s</strong> &nbsp; <a href="/grants">Connected apps</a><a href="/apps">For developers</a></nav>
                        <main><h1>%s</h1>
                        """, service, title)
                + body + "</main></body></html>";
    }
}
