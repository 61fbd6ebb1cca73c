package dev.bulla.pages;

import dev.bulla.web.Limits;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * How the pages look and speak. Immutable.
 *
 * <pre>{@code
 * PageOptions.of("Acme").home(URI.create("https://app.example.com/")).stylesheet("/acme.css")
 * }</pre>
 */
public final class PageOptions {
    private static final Pattern ORIGIN = Pattern.compile(
            "https://[a-z0-9.-]+(:[0-9]{1,5})?" + "|http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:[0-9]{1,5})?");
    private static final Pattern PATH = Pattern.compile("/(?!/)[\\x21-\\x7E&&[^\\\\\"<>]]*");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");

    /** Light or dark. */
    public enum Scheme {
        /** As the browser asks for it. */
        AUTO,
        LIGHT,
        DARK
    }

    private String title;
    private Optional<URI> home = Optional.empty();
    private Optional<String> stylesheet = Optional.empty();
    private Scheme scheme = Scheme.AUTO;
    private String language = "en";
    private Map<String, String> texts = Map.of();
    private List<String> popupOrigins = List.of();
    private boolean popups;
    private ZoneId zone = ZoneId.of("UTC");
    private Limits limits = Limits.standard();
    private Optional<UnaryOperator<String>> agents = Optional.empty();

    private PageOptions(String title) {
        this.title = title;
    }

    /** Ours, with the name of the application as its users know it. */
    public static PageOptions of(String title) {
        return new PageOptions(title);
    }

    private PageOptions copy() {
        PageOptions same = new PageOptions(title);
        same.home = home;
        same.stylesheet = stylesheet;
        same.scheme = scheme;
        same.language = language;
        same.texts = texts;
        same.popupOrigins = popupOrigins;
        same.popups = popups;
        same.zone = zone;
        same.limits = limits;
        same.agents = agents;
        return same;
    }

    /** Where the application's name leads; without it, to the first of these pages. */
    public PageOptions home(URI address) {
        PageOptions next = copy();
        next.home = Optional.of(address);
        return next;
    }

    /**
     * A style sheet of the host, read after ours. Colours, corners and fonts are variables, listed at the head of ours:
     * {@code :root { --bulla-accent: #0a58ca; }}.
     *
     * @param path on the same origin, beginning with a slash: the pages allow nothing else
     */
    public PageOptions stylesheet(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("a style sheet is a path of the same origin");
        }
        PageOptions next = copy();
        next.stylesheet = Optional.of(path);
        return next;
    }

    public PageOptions scheme(Scheme wanted) {
        PageOptions next = copy();
        next.scheme = wanted;
        return next;
    }

    /**
     * Texts of the host in place of ours, by key; {@code dev/bulla/pages/texts.properties} has them all. What core says about an obstacle
     * is replaced under {@code advice.CODE}. For several languages make the pages several times, and pick them by the request.
     *
     * @param language tag of the language that the pages speak then, such as {@code de}
     */
    public PageOptions texts(String language, Map<String, String> texts) {
        if (!LANGUAGE.matcher(language).matches()) {
            throw new IllegalArgumentException("a language is a tag such as de or pt-BR");
        }
        PageOptions next = copy();
        next.language = language;
        Map<String, String> more = new LinkedHashMap<>(this.texts);
        more.putAll(texts);
        next.texts = Map.copyOf(more);
        return next;
    }

    /** The zone in which times are written where a browser runs no script. UTC by default. */
    public PageOptions zone(ZoneId wanted) {
        PageOptions next = copy();
        next.zone = wanted;
        return next;
    }

    /** How often somebody may ask; counted together with the callback and the JSON API. {@link Limits#standard} by default. */
    public PageOptions limits(Limits wanted) {
        PageOptions next = copy();
        next.limits = wanted;
        return next;
    }

    /** The member's panel sends to services in a popup, where the browser allows one; without this, in the same window. */
    public PageOptions popups() {
        PageOptions next = copy();
        next.popups = true;
        return next;
    }

    /**
     * Origins of the host's own pages that may open the page of a connection in a popup ({@code .../connect?connection=NAME&popup=ORIGIN})
     * and are told how it ended: {@code {type: "bulla", connection, outcome}} by {@code postMessage}, to that very origin. Some services
     * cut the tie between the two windows, so an opener also asks for the status when the popup has closed, or its own window is
     * looked at again.
     */
    public PageOptions popupOrigins(String... origins) {
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException(
                        "an origin is scheme, host and port, in lower case: '" + origin + "'");
            }
        }
        PageOptions next = copy();
        next.popupOrigins = List.copyOf(new ArrayList<>(List.of(origins)));
        return next;
    }

    /**
     * Where agents reach this application: it stands beside the access that a member gives one.
     *
     * @param address of the MCP server for a tenant, such as {@code tenant -> "https://app.example.com/mcp/" + tenant}
     */
    public PageOptions agentsAt(UnaryOperator<String> address) {
        PageOptions next = copy();
        next.agents = Optional.of(address);
        return next;
    }

    String title() {
        return title;
    }

    Optional<URI> home() {
        return home;
    }

    Optional<String> stylesheet() {
        return stylesheet;
    }

    Scheme scheme() {
        return scheme;
    }

    String language() {
        return language;
    }

    Map<String, String> texts() {
        return texts;
    }

    List<String> origins() {
        return popupOrigins;
    }

    boolean inPopups() {
        return popups;
    }

    Limits limits() {
        return limits;
    }

    Optional<String> agentsAt(String tenant) {
        return agents.map(address -> address.apply(tenant));
    }

    ZoneId zone() {
        return zone;
    }
}
