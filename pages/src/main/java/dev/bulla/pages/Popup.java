package dev.bulla.pages;

import java.net.URI;
import java.util.Locale;

/** The window that a result is told to: none, or a page of a known origin that opened this one. */
final class Popup {
    /** Name of the parameter and field that carries the origin. */
    static final String NAME = "popup";

    private Popup() {}

    /** The origin, where it is this host's own or on the host's list; else the empty text. */
    static String checked(Site site, String origin) {
        return site.options().origins().contains(origin) || origin.equals(own(site)) ? origin : "";
    }

    /** Scheme, host and port of these pages. */
    private static String own(Site site) {
        URI base = site.bulla().baseUri();
        boolean usual = base.getPort() == -1
                || (base.getPort() == 443 && "https".equals(base.getScheme()))
                || (base.getPort() == 80 && "http".equals(base.getScheme()));
        return base.getScheme() + "://" + base.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + base.getPort());
    }

    static Html field(String origin) {
        return Html.of("<input type=\"hidden\" name=\"popup\" value=\"%s\">", origin);
    }
}
