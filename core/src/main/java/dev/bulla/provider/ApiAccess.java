package dev.bulla.provider;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a credential may be used.
 *
 * @param base relative paths of calls are resolved against it
 * @param hosts further hosts that the credential may be sent to; {@code *.example.com} means any name below. Where the whole address
 *     comes with each account ({@link UrlTemplate#isOrigin}), that one too must be on this list, unless the list is empty
 * @param attachment how it is attached
 * @param headers go along with every call that does not set them itself, such as the version of the API. One value may stand in each as
 *     <code>{name}</code>: of an owner's field, secret or not, of a kept field of the token answer, of what the member's choice gave, or
 *     of a field of the form. Where there is no such value, the header is left out
 * @param isEndpoint whether the base is the one address that there is: the credential goes there, and nowhere else
 */
public record ApiAccess(
        UrlTemplate base, List<String> hosts, Attachment attachment, Map<String, String> headers, boolean isEndpoint) {
    public ApiAccess {
        hosts = List.copyOf(hosts);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    public ApiAccess(UrlTemplate base, List<String> hosts, Attachment attachment, Map<String, String> headers) {
        this(base, hosts, attachment, headers, false);
    }

    /** An API that is one address, for tokens in a header (RFC 6750 section 2.1): a call without a target goes to that address itself. */
    public static ApiAccess endpoint(UrlTemplate address) {
        return new ApiAccess(address, List.of(), Attachment.bearer(), Map.of(), true);
    }

    public static ApiAccess bearer(String base, String... hosts) {
        return new ApiAccess(UrlTemplate.of(base), List.of(hosts), Attachment.bearer(), Map.of());
    }

    public ApiAccess attached(Attachment value) {
        return new ApiAccess(base, hosts, value, headers, isEndpoint);
    }

    public ApiAccess header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiAccess(base, hosts, attachment, more, isEndpoint);
    }

    /** Whether a credential may go to this address: https (or the scheme of the base), a listed host, the usual port or the base's. */
    public boolean allows(URI uri, Map<String, String> instance) {
        URI home = base.expand(instance);
        if (isEndpoint) {
            return uri.toString().equals(home.toString());
        }
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
     * @throws BullaException as {@link Attachment#attach} does; {@code INVALID_SETTING} where a value does not fit into a header
     */
    public HttpCall prepare(HttpCall call, Credential credential) {
        HttpCall more = call;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String value = value(header.getValue(), credential);
            if (value != null && call.headers().keySet().stream().noneMatch(header.getKey()::equalsIgnoreCase)) {
                more = more.header(header.getKey(), value);
            }
        }
        return attachment.attach(more, credential);
    }

    /** Null where a value is missing. */
    private static @Nullable String value(String template, Credential credential) {
        int from = template.indexOf('{');
        int to = template.indexOf('}', from + 1);
        if (from < 0 || to < 0) {
            return template;
        }
        Secret value = credential.form().get(template.substring(from + 1, to));
        if (value == null) {
            return null;
        }
        String text = value.reveal();
        if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new BullaException(ErrorCode.INVALID_SETTING, "a value that goes into a header is not plain ASCII");
        }
        return template.substring(0, from) + text + template.substring(to + 1);
    }
}
