package dev.bulla.handshake;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The host's list of addresses that a browser may be sent back to. An entry that ends in a slash, or has no path, allows everything
 * below it, any other entry allows itself. What parsers read in different ways is refused, not repaired: users, backslashes, capitals and other
 * spellings of a host, dot segments. So what was checked is what is sent, and what a browser goes to. Immutable.
 */
public final class ReturnAddresses {
    private static final int MAX_LENGTH = 2048;
    private static final Pattern CHARACTERS = Pattern.compile("[\\x21-\\x7E&&[^\\\\]]+");
    private static final Pattern HOST = Pattern.compile("[a-z0-9.-]+|\\[[0-9a-f:.]+\\]");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final List<URI> entries;

    /** @throws BullaException {@code SETUP} where the list is empty or an entry is no return address itself */
    public ReturnAddresses(List<String> entries) {
        List<URI> parsed = new ArrayList<>();
        for (String entry : entries) {
            URI uri = parse(entry);
            if (uri == null || uri.getRawQuery() != null) {
                throw new BullaException(
                        ErrorCode.SETUP,
                        "a return address is https (or http on loopback) without user, query, fragment and dot segments");
            }
            parsed.add(uri);
        }
        if (parsed.isEmpty()) {
            throw new BullaException(ErrorCode.SETUP, "returnTo needs at least one address");
        }
        this.entries = List.copyOf(parsed);
    }

    /** The same list with one more entry at its end. */
    public ReturnAddresses and(String entry) {
        List<String> more = new ArrayList<>(entries.stream().map(URI::toString).toList());
        more.add(entry);
        return new ReturnAddresses(more);
    }

    /** Where a browser goes when nobody knows where it came from. */
    URI fallback() {
        return entries.get(0);
    }

    /** @throws BullaException {@code RETURN_ADDRESS_REFUSED} */
    URI check(String address) {
        URI uri = allowed(address);
        if (uri == null) {
            throw new BullaException(ErrorCode.RETURN_ADDRESS_REFUSED, "the return address is not on the host's list");
        }
        return uri;
    }

    /** The address of a flow that began when it was on the list, or the fallback where it no longer is. */
    URI orFallback(String address) {
        URI uri = allowed(address);
        return uri == null ? fallback() : uri;
    }

    private @Nullable URI allowed(String address) {
        URI uri = parse(address);
        if (uri != null) {
            for (URI entry : entries) {
                if (allows(entry, uri)) {
                    return uri;
                }
            }
        }
        return null;
    }

    private static boolean allows(URI entry, URI uri) {
        return entry.getScheme().equals(uri.getScheme())
                && entry.getHost().equals(uri.getHost())
                && port(entry) == port(uri)
                && (path(entry).endsWith("/")
                        ? path(uri).startsWith(path(entry))
                        : path(uri).equals(path(entry)));
    }

    private static int port(URI uri) {
        return uri.getPort() != -1 ? uri.getPort() : isHttps(uri) ? 443 : 80;
    }

    private static String path(URI uri) {
        return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    }

    private static boolean isHttps(URI uri) {
        return "https".equals(uri.getScheme());
    }

    private static @Nullable URI parse(String address) {
        if (address.length() > MAX_LENGTH || !CHARACTERS.matcher(address).matches()) {
            return null;
        }
        try {
            URI uri = new URI(address);
            String host = uri.getHost();
            boolean plain = host != null
                    && HOST.matcher(host).matches()
                    && uri.getPort() <= 65_535
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && !hasDotSegments(uri.getRawPath());
            return plain && (isHttps(uri) || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host))) ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static boolean hasDotSegments(String path) {
        for (String segment : path.replace("%2e", ".").replace("%2E", ".").split("/")) {
            if (segment.equals(".") || segment.equals("..")) {
                return true;
            }
        }
        return false;
    }
}
