package dev.bulla.pages;

import dev.bulla.Bulla;
import dev.bulla.web.WebHost;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What all pages have in common. Immutable.
 *
 * @param bulla the library
 * @param host who is calling, and from where
 * @param options how the pages look
 * @param texts what they say
 * @param base path that all pages stand below; empty, or with a slash at its head and none at its end
 */
record Site(Bulla bulla, WebHost host, PageOptions options, Texts texts, String base) {
    static Site of(Bulla bulla, WebHost host, PageOptions options) {
        String path = bulla.baseUri().getPath();
        return new Site(bulla, host, options, Texts.with(options.texts()), path == null ? "" : path);
    }

    /** An address of these pages, with names and values of its query by turns. */
    String at(String path, String... query) {
        StringBuilder address = new StringBuilder(base).append(path);
        for (int i = 0; i < query.length; i += 2) {
            address.append(i == 0 ? '?' : '&')
                    .append(URLEncoder.encode(query[i], StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8));
        }
        return address.toString();
    }
}
