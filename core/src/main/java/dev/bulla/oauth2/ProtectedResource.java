package dev.bulla.oauth2;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.Json;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.UrlTemplate;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a protected resource says of itself (RFC 9728). Addresses are https and plain, no redirect is followed, and the document must speak
 * of the resource that was asked: the same address, or one above it at the same host.
 *
 * @param resource its name, for resource indicators (RFC 8707)
 * @param authorizationServers issuers, in the order of the document; at least one
 * @param scopes what it says that it has; empty where it says nothing
 */
public record ProtectedResource(String resource, List<String> authorizationServers, List<String> scopes) {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    public ProtectedResource {
        authorizationServers = List.copyOf(authorizationServers);
        scopes = List.copyOf(scopes);
    }

    /**
     * Reads the document that a challenge names, or where there is none the one at the address's well-known path, or at that of its host.
     *
     * @throws ProviderException as {@link ProviderHttp#send}, and with error {@code metadata_refused} where no document is there, or it says
     *     what it must not
     */
    public static ProtectedResource find(URI address, Optional<Challenge> challenge, ProviderHttp http) {
        Optional<String> named = challenge.flatMap(one -> one.parameter("resource_metadata"));
        if (named.isPresent()) {
            if (!UrlTemplate.isAddress(named.get())) {
                throw Discovery.refused("the address of the resource's metadata is none to use");
            }
            return of(document(URI.create(named.get()), http), address);
        }
        ProviderException last = null;
        for (String candidate : candidates(address)) {
            try {
                return of(document(URI.create(candidate), http), address);
            } catch (ProviderException e) {
                if (!Discovery.isAbsent(e)) {
                    throw e;
                }
                last = e;
            }
        }
        throw last == null ? Discovery.refused("there is none") : last;
    }

    /** Between host and path of the address; then at its host. */
    private static List<String> candidates(URI address) {
        String host = address.getScheme() + "://" + address.getRawAuthority();
        String path = withoutSlash(address.getRawPath());
        List<String> candidates = new ArrayList<>();
        if (!path.isEmpty() || address.getRawQuery() != null) {
            candidates.add(
                    host + WELL_KNOWN + path + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery()));
        }
        candidates.add(host + WELL_KNOWN);
        return candidates;
    }

    private static Json document(URI where, ProviderHttp http) {
        HttpAnswer answer =
                http.send(HttpCall.of(Purpose.METADATA, "GET", where, null).header("Accept", "application/json"));
        if (answer.status() != 200) {
            throw Discovery.absent(answer.status());
        }
        try {
            return StrictJson.document(answer);
        } catch (ProviderException e) {
            throw e;
        } catch (BullaException e) {
            throw Discovery.noJson();
        }
    }

    private static ProtectedResource of(Json document, URI address) {
        String resource = document.text("resource").orElse("");
        if (!UrlTemplate.isAddress(resource) || !isAbove(URI.create(resource), address)) {
            throw Discovery.refused("it speaks of another resource");
        }
        List<String> servers = texts(document, "authorization_servers");
        if (servers.isEmpty() || !servers.stream().allMatch(UrlTemplate::isAddress)) {
            throw Discovery.refused("an authorization server is missing, or at no address to use");
        }
        return new ProtectedResource(resource, servers, texts(document, "scopes_supported"));
    }

    /** Whether it is the address itself (a slash at its end makes no other one), or a path above it. */
    private static boolean isAbove(URI resource, URI address) {
        String mine = withoutSlash(resource.getRawPath());
        String whole = withoutSlash(address.getRawPath());
        boolean sameQuery =
                resource.getRawQuery() == null || resource.getRawQuery().equals(address.getRawQuery());
        return resource.getRawAuthority().equals(address.getRawAuthority())
                && sameQuery
                && (whole.equals(mine) || whole.startsWith(mine + "/"));
    }

    private static String withoutSlash(@Nullable String path) {
        String text = path == null ? "" : path;
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    static List<String> texts(Json document, String name) {
        return document.list(name).orElse(List.of()).stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }
}
