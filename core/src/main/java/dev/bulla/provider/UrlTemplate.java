package dev.bulla.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL of a service, possibly with parts that belong to one customer's instance: {@code https://{shop}.example.com/oauth/token}.
 * A part stands in the host name and its value is one DNS label; a value never brings scheme, port or path. There are three
 * exceptions. A part may be one whole segment of the path, and its value then is DNS labels with dots between. <code>{client_id}</code> in
 * a path stands for the id of the app registration. And a template that begins with a part,
 * <code>{instance_url}/services</code>, takes the whole address from it: https, a host, maybe a port and a plain path; as <code>
 * {login_url@example.com}/token</code> it takes only one at that host or below it, at the usual port. A part with a dot in
 * it, <code>https://{region.}example.com</code>, may have no value: then it is left out with its dot. {@link #address} is a part alone,
 * for an address that a service names itself. Immutable.
 */
public final class UrlTemplate {
    private static final Pattern PART = Pattern.compile("\\{([a-z][A-Za-z0-9_]*)(\\.?)\\}");
    private static final Pattern HOME = Pattern.compile("\\{([a-z][A-Za-z0-9_]*)@([a-z0-9.-]+)\\}");
    private static final String CLIENT_ID = "{client_id}";
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern LABELS = Pattern.compile(LABEL + "(\\." + LABEL + "){0,9}");
    private static final Pattern SEGMENT = Pattern.compile("/\\{([a-z][A-Za-z0-9_]*)\\}(?=[/?]|$)");

    /** Its path is matched without a way back: that takes a stack of any depth. */
    private static final Pattern ORIGIN = Pattern.compile(
            "https://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[1-9][0-9]{0,4})?(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*+)*+");

    /** An address as a service writes it: what no URL parser reads in two ways. */
    private static final Pattern ADDRESS = Pattern.compile(
            "https://[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[1-9][0-9]{0,4})?([/?][A-Za-z0-9._~:/?@!$&'()*+,;=%-]*)?");

    private static final Pattern DOTS = Pattern.compile("(^|/)(\\.|%2e){1,2}(/|$)", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_ADDRESS = 2000;

    private final String text;
    private final List<String> parts;
    private final @Nullable String usual;
    private final @Nullable String home;
    private final boolean free;

    private UrlTemplate(String text, List<String> parts, @Nullable String usual, @Nullable String home, boolean free) {
        this.text = text;
        this.parts = parts;
        this.usual = usual;
        this.home = home;
        this.free = free;
    }

    /** A template that is one part and takes all of its value: any address that {@link #isAddress} knows, with its path and query. */
    public static UrlTemplate address(String part) {
        if (!PART.matcher("{" + part + "}").matches()) {
            throw new IllegalArgumentException("not the name of a part: " + part);
        }
        return new UrlTemplate("{" + part + "}", List.of(part), null, null, true);
    }

    /**
     * Whether this is an address that a service may name as its own: https, a host in lower case, maybe a port, a path and a query; no user,
     * no fragment, no dot segments, at most 2,000 characters.
     */
    public static boolean isAddress(String value) {
        if (value.length() > LONGEST_ADDRESS || !ADDRESS.matcher(value).matches()) {
            return false;
        }
        try {
            URI uri = new URI(value);
            return uri.getHost() != null
                    && uri.getPort() <= 65_535
                    && !DOTS.matcher(uri.getRawPath()).find();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** @throws IllegalArgumentException where the text, with parts filled in, is no absolute URL with a host */
    public static UrlTemplate of(String text) {
        if (text.startsWith("{")) {
            return origin(text);
        }
        int path = text.indexOf('/', text.indexOf("//") + 2);
        boolean namesClient = path >= 0 && text.indexOf(CLIENT_ID) > path;
        String plain = namesClient ? text.replace(CLIENT_ID, "x") : text;
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(plain);
        while (matcher.find()) {
            parts.add(matcher.group(1));
        }
        UrlTemplate template = new UrlTemplate(text, List.copyOf(parts), null, null, false);
        URI sample = URI.create(matcher.replaceAll("x$2"));
        if (sample.getHost() == null || sample.getUserInfo() != null || sample.getFragment() != null) {
            throw new IllegalArgumentException("not an absolute URL: " + text);
        }
        if (path >= 0 && !hasWholeSegments(plain.substring(0, path), plain.substring(path))) {
            throw new IllegalArgumentException(
                    "parts of an instance stand in the host name, or are whole segments of the path: " + text);
        }
        return template;
    }

    private static boolean hasWholeSegments(String host, String path) {
        Matcher segment = SEGMENT.matcher(path);
        while (segment.find()) {
            if (host.contains("{" + segment.group(1))) {
                return false;
            }
        }
        return segment.replaceAll("").indexOf('{') < 0;
    }

    private static UrlTemplate origin(String given) {
        Matcher bounded = HOME.matcher(given);
        boolean atHome = bounded.lookingAt();
        String text = atHome ? "{" + bounded.group(1) + "}" + given.substring(bounded.end()) : given;
        Matcher matcher = PART.matcher(text);
        String path = matcher.lookingAt() ? text.substring(matcher.end()) : "?";
        if (!(path.isEmpty() || path.startsWith("/")) || !isOrigin("https://x" + path)) {
            throw new IllegalArgumentException("behind the part that is the address stands a plain path: " + text);
        }
        return new UrlTemplate(text, List.of(matcher.group(1)), null, atHome ? bounded.group(2) : null, false);
    }

    /**
     * The same template, for a service that most have at one address and some at their own: where the part that is the address has no value,
     * this one stands for it.
     *
     * @throws IllegalArgumentException where the address is no part, or this is none that may stand for it
     */
    public UrlTemplate orElse(String address) {
        if (!isOrigin() || !fits(parts.get(0), address)) {
            throw new IllegalArgumentException("only a whole address may be left out, for another one");
        }
        return new UrlTemplate(text, parts, address, home, free);
    }

    /** Whether the whole address is one part. */
    public boolean isOrigin() {
        return text.startsWith("{");
    }

    /** Whether a value may stand for a whole address: https, a host in lower case, maybe a port and a plain path without a slash at its end. */
    public static boolean isOrigin(String value) {
        return ORIGIN.matcher(value).matches() && URI.create(value).getHost() != null;
    }

    /** Names of the parts, in order. */
    public List<String> parts() {
        return parts;
    }

    /** Whether a value may stand for a part of a host name: one DNS label in lower case. */
    public static boolean isLabel(String value) {
        return LABEL.matcher(value).matches();
    }

    /** Whether a value may stand for this part. */
    public boolean fits(String part, String value) {
        if (free) {
            return isAddress(value);
        }
        if (isOrigin()) {
            return isOrigin(value) && isAtHome(URI.create(value));
        }
        return isSegment(part) ? LABELS.matcher(value).matches() : isLabel(value);
    }

    private boolean isAtHome(URI address) {
        return home == null
                || (address.getPort() == -1
                        && (address.getHost().equals(home) || address.getHost().endsWith("." + home)));
    }

    private boolean isSegment(String part) {
        return text.indexOf("/{" + part + "}", text.indexOf("//") + 2) >= 0;
    }

    /** @throws IllegalArgumentException where a part has no value or one that does not fit; the message names the part only */
    public URI expand(Map<String, String> instance) {
        Matcher matcher = PART.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String value = Optional.ofNullable(instance.get(matcher.group(1))).orElse(usual);
            String dot = matcher.group(2);
            if (!dot.isEmpty() && (value == null || value.isEmpty())) {
                matcher.appendReplacement(out, "");
                continue;
            }
            if (value == null || !fits(matcher.group(1), value)) {
                throw new IllegalArgumentException("'" + matcher.group(1) + "' must be "
                        + (isOrigin()
                                ? "an https address of the service"
                                : isSegment(matcher.group(1)) ? "DNS labels" : "one DNS label"));
            }
            matcher.appendReplacement(out, value + dot);
        }
        return URI.create(matcher.appendTail(out).toString());
    }

    /** As {@link #expand(Map)}, with the client's id, percent-encoded, where the template names it. */
    public URI expand(App app) {
        String id = URLEncoder.encode(app.clientId(), StandardCharsets.UTF_8).replace("+", "%20");
        return new UrlTemplate(text.replace(CLIENT_ID, id), parts, usual, home, free).expand(app.instance());
    }

    /** As it was written; where another address stands for the part that is one, with that. */
    @Override
    public String toString() {
        return usual == null ? text : PART.matcher(text).replaceFirst(usual);
    }
}
