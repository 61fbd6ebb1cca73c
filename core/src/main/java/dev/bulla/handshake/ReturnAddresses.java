package dev.bulla.handshake;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The host's list of addresses that a browser may be sent back to. An entry that ends in a slash allows everything below it, any
 * other entry allows itself. An address is parsed by two parsers that must agree, and what was checked is what is sent. Immutable.
 */
public final class ReturnAddresses {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private final List<HttpUrl> entries;

    /** @throws BullaException {@code SETUP} where the list is empty or an entry is no return address itself */
    public ReturnAddresses(List<String> entries) {
        this.entries = entries.stream()
                .map(entry -> {
                    HttpUrl url = parse(entry);
                    if (url == null || url.encodedQuery() != null) {
                        throw new BullaException(
                                ErrorCode.SETUP,
                                "a return address is https (or http on loopback) without user, query and fragment");
                    }
                    return url;
                })
                .toList();
        if (entries.isEmpty()) {
            throw new BullaException(ErrorCode.SETUP, "returnTo needs at least one address");
        }
    }

    /** Where a browser goes when nobody knows where it came from. */
    HttpUrl fallback() {
        return entries.get(0);
    }

    /** @throws BullaException {@code RETURN_ADDRESS_REFUSED} */
    HttpUrl check(String address) {
        return allowed(address)
                .orElseThrow(() -> new BullaException(
                        ErrorCode.RETURN_ADDRESS_REFUSED, "the return address is not on the host's list"));
    }

    /** The address of a flow that began when it was on the list, or the fallback where it no longer is. */
    HttpUrl orFallback(String address) {
        return allowed(address).orElseGet(this::fallback);
    }

    private Optional<HttpUrl> allowed(String address) {
        return Optional.ofNullable(parse(address))
                .filter(url -> entries.stream().anyMatch(entry -> allows(entry, url)));
    }

    private static boolean allows(HttpUrl entry, HttpUrl url) {
        return entry.scheme().equals(url.scheme())
                && entry.host().equals(url.host())
                && entry.port() == url.port()
                && (entry.encodedPath().endsWith("/")
                        ? url.encodedPath().startsWith(entry.encodedPath())
                        : url.encodedPath().equals(entry.encodedPath()));
    }

    private static @Nullable HttpUrl parse(String address) {
        if (address.length() > 2048 || !address.matches("[\\x21-\\x7E&&[^\\\\]]+")) {
            return null;
        }
        HttpUrl url = HttpUrl.parse(address);
        try {
            URI uri = new URI(address);
            String host = uri.getHost() == null ? "" : uri.getHost().replaceAll("[\\[\\]]", "");
            boolean agreed = url != null
                    && url.scheme().equals(uri.getScheme())
                    && url.host().equals(host)
                    && (uri.getPort() == -1 || url.port() == uri.getPort())
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
            return agreed && (url.isHttps() || LOOPBACK.contains(url.host())) ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
