package dev.bulla.tool;

import dev.bulla.error.BullaException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with places for values: <code>{name}</code> is one segment or a part of one, a last <code>{name*}</code> is several, a last
 * {@code **} is whatever follows, a first one whatever comes before. What is filled in never leaves its segment. Literals are matched
 * ignoring case. An address may begin with {@code https://*.example.com}, for any host below. Immutable.
 */
final class PathTemplate {
    private static final Pattern ORIGIN =
            Pattern.compile("(https://(?:\\*\\.)?[a-z0-9][a-z0-9.-]*(?::[0-9]{1,5})?)(/.*)");
    private static final String ANY_HOST = "https://*";
    private static final Pattern PLACE = Pattern.compile("([^{}]*)\\{([a-zA-Z_][a-zA-Z0-9_]*)\\}([^{}]*)");
    private static final Pattern REST = Pattern.compile("\\{([a-zA-Z_][a-zA-Z0-9_]*)\\*\\}");
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~!$&'()*+,=:@-]*");
    private static final int LONGEST = 2000;

    /** One segment: a literal where there is no name, else a place between two literals. */
    private record Segment(String before, String name, String after) {
        boolean isLiteral() {
            return name.isEmpty();
        }
    }

    private final String text;
    private final String origin;
    private final boolean ending; // whether whatever comes before
    private final List<Segment> segments;
    private final String rest; // name of the last place for several; "*" where it has none; empty where there is none

    private PathTemplate(String text, String origin, boolean ending, List<Segment> segments, String rest) {
        this.text = text;
        this.origin = origin;
        this.ending = ending;
        this.segments = segments;
        this.rest = rest;
    }

    static PathTemplate of(String text) {
        Matcher absolute = ORIGIN.matcher(text);
        String origin = absolute.matches() ? absolute.group(1) : "";
        String path = absolute.matches() ? absolute.group(2) : text;
        if (!path.startsWith("/")) {
            throw refused(text, "begins with a slash, or with https and a host in lower case");
        }
        List<Segment> segments = new ArrayList<>();
        String rest = "";
        boolean ending = path.startsWith("/**/");
        String from = ending ? path.substring(3) : path;
        String[] parts = from.equals("/") ? new String[0] : from.substring(1).split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            Matcher several = REST.matcher(parts[i]);
            if (several.matches() || parts[i].equals("**")) {
                if (ending || i < parts.length - 1) {
                    throw refused(text, "has several segments at its end only, or at its beginning");
                }
                rest = several.matches() ? several.group(1) : "*";
            } else {
                segments.add(segment(text, parts[i]));
            }
        }
        PathTemplate template = new PathTemplate(text, origin, ending, List.copyOf(segments), rest);
        if (template.names().size() != template.names().stream().distinct().count()) {
            throw refused(text, "names each place once");
        }
        return template;
    }

    private static Segment segment(String text, String part) {
        Matcher place = PLACE.matcher(part);
        boolean isPlace = place.matches();
        Segment segment =
                isPlace ? new Segment(place.group(1), place.group(2), place.group(3)) : new Segment(part, "", "");
        boolean sound = LITERAL.matcher(segment.before()).matches()
                && LITERAL.matcher(segment.after()).matches();
        if (!sound || part.isEmpty() || part.equals(".") || part.equals("..") || part.contains("**")) {
            throw refused(text, "has plain segments, none of them empty or dots, each with at most one {place}");
        }
        return segment;
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException("a path " + why + ": " + text);
    }

    /** Names of the places, in order. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        segments.stream().map(Segment::name).filter(name -> !name.isEmpty()).forEach(names::add);
        if (!rest.isEmpty() && !rest.equals("*")) {
            names.add(rest);
        }
        return names;
    }

    /** Whether it stands for addresses that differ in more than its places. */
    boolean isOpen() {
        return ending || rest.equals("*") || origin.startsWith(ANY_HOST);
    }

    /** @throws BullaException where a value is missing or does not stay in its place */
    CanonicalTarget fill(Arguments arguments) {
        StringBuilder path = new StringBuilder();
        for (Segment segment : segments) {
            path.append('/').append(segment.before());
            if (!segment.isLiteral()) {
                path.append(one(segment.name(), arguments.place(segment.name())));
            }
            path.append(segment.after());
        }
        if (!rest.isEmpty()) {
            for (String part : arguments.place(rest).split("/", -1)) {
                path.append('/').append(one(rest, part));
            }
        }
        return new CanonicalTarget(origin, path.isEmpty() ? "/" : path.toString(), "", true);
    }

    private static String one(String name, String value) {
        if (value.length() > LONGEST
                || !stays(Percent.decoded(Percent.encoded(value).replace("%25", "%"))
                        .orElse(value))) {
            throw Arguments.refused(
                    "'" + name + "' can not stand in an address: it is empty, too long, or has dots alone, slashes"
                            + " or control characters");
        }
        return Percent.encoded(value);
    }

    private static boolean stays(String value) {
        return !value.isEmpty()
                && !value.equals(".")
                && !value.equals("..")
                && value.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    }

    /** What stands in the places, where this is such a path. */
    Optional<Map<String, String>> match(String where, List<String> path) {
        int before = path.size() - segments.size();
        boolean fits = isOf(where) && (ending || !rest.isEmpty() ? before >= 0 : before == 0);
        if (!fits) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            String given = path.get(ending ? before + i : i);
            if (segment.isLiteral()) {
                if (!given.equalsIgnoreCase(segment.before())) {
                    return Optional.empty();
                }
                continue;
            }
            int end = given.length() - segment.after().length();
            if (end <= segment.before().length()
                    || !given.regionMatches(
                            true, 0, segment.before(), 0, segment.before().length())
                    || !given.regionMatches(
                            true, end, segment.after(), 0, segment.after().length())) {
                return Optional.empty();
            }
            values.put(segment.name(), given.substring(segment.before().length(), end));
        }
        if (!rest.isEmpty() && !rest.equals("*")) {
            if (path.size() == segments.size()) {
                return Optional.empty();
            }
            values.put(rest, String.join("/", path.subList(segments.size(), path.size())));
        }
        return Optional.of(values);
    }

    boolean isAbsolute() {
        return !origin.isEmpty();
    }

    /** Whether such a path may end like this one, as far as both go. */
    boolean mayEnd(List<String> path) {
        boolean ends = rest.isEmpty();
        for (int i = 1; ends && i <= Math.min(segments.size(), path.size()); i++) {
            Segment segment = segments.get(segments.size() - i);
            ends = !segment.isLiteral() || segment.before().equalsIgnoreCase(path.get(path.size() - i));
        }
        return ends || !rest.isEmpty();
    }

    private boolean isOf(String where) {
        return origin.startsWith(ANY_HOST)
                ? where.startsWith("https://") && where.endsWith(origin.substring(ANY_HOST.length()))
                : where.equals(origin);
    }

    /** The greater of two that match the same path says more of it; an ending says more than any beginning. */
    String rank() {
        StringBuilder rank = new StringBuilder(ending ? "8" : "");
        for (Segment segment : segments) {
            boolean bare = segment.before().isEmpty() && segment.after().isEmpty();
            rank.append(segment.isLiteral() ? '3' : bare ? '1' : '2');
        }
        return rank.append(rest.isEmpty() ? '4' : '0').toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
