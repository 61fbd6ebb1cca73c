package dev.bulla.gate;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.tool.CanonicalTarget;
import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one reading of a call's target. What comes out is what policies are matched against, and what is sent. What two servers could
 * read in two ways is refused where nobody needs it, and else marked as unclear.
 */
final class Canonical {
    private static final int LONGEST = 8_192;
    private static final Pattern ABSOLUTE = Pattern.compile(
            "(?<scheme>https?)://(?<host>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(?::(?<port>[0-9]{1,5}))?(?<rest>[/?].*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private Canonical() {}

    /**
     * @param target a path with query below the API's address, nothing or a query alone for that address itself, or an absolute URL
     * @param base asked for an absolute URL only; null where it is known with the account only: then the URL stands for itself
     * @throws BullaException {@code INVALID_ARGUMENT} or {@code HOST_NOT_ALLOWED} that says what is not sent
     */
    static CanonicalTarget of(String target, Supplier<@Nullable URI> base) {
        check(target);
        if (target.isEmpty() || target.startsWith("/") || target.startsWith("?")) {
            return parts("", target);
        }
        Matcher absolute = ABSOLUTE.matcher(target);
        if (!absolute.matches()) {
            throw new BullaException(
                    ErrorCode.HOST_NOT_ALLOWED,
                    "the target of a call is a path, or an absolute URL of a web host, without a user");
        }
        String rest = absolute.group("rest");
        String origin = origin(absolute.group("scheme"), absolute.group("host"), absolute.group("port"));
        CanonicalTarget whole =
                parts(origin, rest == null || rest.startsWith("?") ? "/" + (rest == null ? "" : rest) : rest);
        URI home = base.get();
        return home == null ? whole : below(whole, home);
    }

    /** The address of a target, where the API stands at {@code base}. */
    static URI address(CanonicalTarget target, URI base) {
        String home = base.toString();
        String front = !target.origin().isEmpty()
                ? target.origin()
                : home.endsWith("/") && !target.path().isEmpty() ? home.substring(0, home.length() - 1) : home;
        return URI.create(front + target.path() + (target.query().isEmpty() ? "" : "?" + target.query()));
    }

    private static void check(String target) {
        if (target.length() > LONGEST) {
            throw refused("the target of a call has at most " + LONGEST + " characters");
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '\\' || c == '#' || c == ' ' || Character.isISOControl(c)) {
                throw refused("the target of a call has no backslash, fragment, blank or control character");
            }
        }
    }

    private static CanonicalTarget parts(String origin, String rest) {
        int mark = rest.indexOf('?');
        String path = mark < 0 ? rest : rest.substring(0, mark);
        String query = mark < 0 ? "" : Escapes.canonical(rest.substring(mark + 1), Escapes.QUERY);
        StringBuilder out = new StringBuilder();
        boolean plain = true;
        String[] segments = path.isEmpty() ? new String[0] : path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].isEmpty() && i < segments.length - 1) {
                throw refused("the path of a call has no empty segment");
            }
            String segment = Escapes.canonical(segments[i], Escapes.SEGMENT);
            plain &= isPlain(segment);
            out.append('/').append(segment);
        }
        return new CanonicalTarget(origin, out.toString(), query, plain);
    }

    /** Refuses what goes up, however it is written; answers whether every server reads the rest alike. */
    private static boolean isPlain(String segment) {
        String open = Escapes.decoded(segment);
        for (String part : open.split("[/\\\\]", -1)) {
            String name = part.split(";", 2)[0];
            if (name.equals(".") || name.equals("..")) {
                throw refused("the path of a call has no dot segment");
            }
        }
        return open.equals(Escapes.decodedOnce(segment)) && open.chars().noneMatch(c -> "/\\;%".indexOf(c) >= 0);
    }

    private static String origin(String scheme, String host, @Nullable String port) {
        String plain = scheme.toLowerCase(Locale.ROOT);
        boolean usual = port == null || port.equals(plain.equals("https") ? "443" : "80");
        return plain + "://" + host.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
    }

    private static CanonicalTarget below(CanonicalTarget target, URI base) {
        String port = base.getPort() < 0 ? null : Integer.toString(base.getPort());
        String home = String.valueOf(base.getRawPath());
        String prefix = home.endsWith("/") ? home.substring(0, home.length() - 1) : home;
        boolean inside = target.origin().equals(origin(base.getScheme(), base.getHost(), port))
                && target.path().startsWith(prefix)
                && (target.path().length() == prefix.length() || target.path().charAt(prefix.length()) == '/');
        return inside
                ? new CanonicalTarget("", target.path().substring(prefix.length()), target.query(), target.plain())
                : target;
    }

    static BullaException refused(String message) {
        return new BullaException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
