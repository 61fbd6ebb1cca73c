package dev.bulla.provider;

import java.net.URI;

/**
 * Who a client is (RFC 7591 section 2), as a registration or a document says it: a web application, or where it comes back to a loopback
 * address a native one, with codes and refresh tokens.
 *
 * @param name what people read when they consent
 * @param redirectUri the one address that codes come back to
 */
public record ClientMetadata(String name, URI redirectUri) {
    /** {@code web} or {@code native} (OpenID Connect Dynamic Client Registration 1.0 section 2). */
    public String applicationType() {
        return "https".equals(redirectUri.getScheme()) ? "web" : "native";
    }
}
