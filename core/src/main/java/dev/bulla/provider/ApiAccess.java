package dev.bulla.provider;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where and how a credential may be used.
 *
 * @param base relative paths of calls are resolved against it
 * @param hosts further hosts that the credential may be sent to; {@code *.example.com} means any name below
 * @param attachment how it is attached
 */
public record ApiAccess(UrlTemplate base, List<String> hosts, Attachment attachment) {
    public ApiAccess {
        hosts = List.copyOf(hosts);
    }

    public static ApiAccess bearer(String base, String... hosts) {
        return new ApiAccess(UrlTemplate.of(base), List.of(hosts), Attachment.bearer());
    }

    /** Whether a credential may go to this address: https (or the scheme of the base), a listed host, the usual port or the base's. */
    public boolean allows(URI uri, Map<String, String> instance) {
        URI home = base.expand(instance);
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            return false;
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (host.equals(home.getHost().toLowerCase(Locale.ROOT))) {
            return home.getScheme().equalsIgnoreCase(uri.getScheme()) && home.getPort() == uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme())
                && (uri.getPort() == -1 || uri.getPort() == 443)
                && hosts.stream()
                        .anyMatch(pattern -> pattern.startsWith("*.")
                                ? host.endsWith(pattern.substring(1)) && host.length() >= pattern.length()
                                : host.equals(pattern));
    }
}
