package dev.bulla.integrations.mcp;

import dev.bulla.web.WebRequest;
import java.util.Optional;

/** The host's word on which tenant a request is for. Called by many threads; it decides nothing about who is asking. */
@FunctionalInterface
public interface Tenants {
    /** The tenant's name; empty where there is none at this address, which is answered with 404. */
    Optional<String> of(WebRequest request);

    /**
     * The one segment that stands behind a path: with {@code /mcp/}, {@code /mcp/acme} is for {@code acme}.
     *
     * @param prefix from the first slash to the last one
     */
    static Tenants behind(String prefix) {
        if (!prefix.startsWith("/") || !prefix.endsWith("/")) {
            throw new IllegalArgumentException("a prefix begins and ends with a slash");
        }
        return request -> {
            String path = request.path();
            String rest = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
            String name = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
            return name.isEmpty() || name.indexOf('/') >= 0 ? Optional.empty() : Optional.of(name);
        };
    }

    /** Always the same one, for a host that has no tenants. */
    static Tenants only(String tenant) {
        return request -> Optional.of(tenant);
    }
}
