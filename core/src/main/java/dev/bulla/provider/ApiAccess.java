package dev.bulla.provider;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where and how a credential may be used.
 *
 * @param base relative paths of calls are resolved against it
 * @param hosts further hosts that the credential may be sent to; {@code *.example.com} means any name below. Where the whole address
 *     comes with each account ({@link UrlTemplate#isOrigin}), that one too must be on this list, unless the list is empty
 * @param attachment how it is attached
 * @param headers go along with every call that does not set them itself, such as the version of the API
 */
public record ApiAccess(UrlTemplate base, List<String> hosts, Attachment attachment, Map<String, String> headers) {
    public ApiAccess {
        hosts = List.copyOf(hosts);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public static ApiAccess bearer(String base, String... hosts) {
        return new ApiAccess(UrlTemplate.of(base), List.of(hosts), Attachment.bearer(), Map.of());
    }

    public ApiAccess attached(Attachment value) {
        return new ApiAccess(base, hosts, value, headers);
    }

    public ApiAccess header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiAccess(base, hosts, attachment, more);
    }

    /** Whether a credential may go to this address: https (or the scheme of the base), a listed host, the usual port or the base's. */
    public boolean allows(URI uri, Map<String, String> instance) {
        URI home = base.expand(instance);
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            return false;
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (host.equals(home.getHost().toLowerCase(Locale.ROOT))) {
            return home.getScheme().equalsIgnoreCase(uri.getScheme())
                    && home.getPort() == uri.getPort()
                    && (!base.isOrigin() || hosts.isEmpty() || isListed(host));
        }
        return "https".equalsIgnoreCase(uri.getScheme())
                && (uri.getPort() == -1 || uri.getPort() == 443)
                && isListed(host);
    }

    private boolean isListed(String host) {
        return hosts.stream()
                .anyMatch(pattern -> pattern.startsWith("*.")
                        ? host.endsWith(pattern.substring(1)) && host.length() >= pattern.length()
                        : host.equals(pattern));
    }

    /**
     * The request as it leaves: with the credential, and with these headers where it does not set them itself.
     *
     * @throws dev.bulla.error.BullaException as {@link Attachment#attach} does
     */
    public HttpCall prepare(HttpCall call, Credential credential) {
        HttpCall more = call;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (call.headers().keySet().stream().noneMatch(header.getKey()::equalsIgnoreCase)) {
                more = more.header(header.getKey(), header.getValue());
            }
        }
        return attachment.attach(more, credential);
    }
}
