package dev.bulla.providers.mcp;

import dev.bulla.provider.App;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import dev.bulla.provider.OAuth2Spec.Rotation;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.ServiceDiscovery;
import dev.bulla.provider.TokenRevoker;
import java.util.List;
import java.util.Map;

/** What was found, as the facts of an OAuth service. */
final class McpFacts {
    private McpFacts() {}

    /** @throws IllegalArgumentException where nothing was found yet */
    static OAuth2Spec of(App app) {
        Map<String, String> found = app.instance();
        ClientAuthentication authentication = authentication(app);
        OAuth2Spec.Builder spec = OAuth2Spec.builder(
                        found.getOrDefault(McpDiscovery.AUTHORIZE, ""), found.getOrDefault(McpDiscovery.TOKEN, ""))
                .clientAuthentication(authentication)
                .resource(found.getOrDefault(McpDiscovery.RESOURCE, ""))
                .rotation(Rotation.UNKNOWN);
        String issuer = found.getOrDefault(McpDiscovery.ISSUER, "");
        if (Boolean.parseBoolean(found.get(McpDiscovery.NAMES_ITSELF))) {
            spec.issuerInResponse(issuer);
        } else {
            spec.issuer(issuer);
        }
        String revoke = found.getOrDefault(McpDiscovery.REVOKE, "");
        return revoke.isEmpty()
                ? spec.build()
                : spec.revocation(RevocationCall.rfc7009(revoke, authentication, TokenRevoker.Reach.TOKEN))
                        .build();
    }

    /** As it was registered; an app of the owner by its secret, if it has one, in a way that the authorization server knows. */
    private static ClientAuthentication authentication(App app) {
        String registered = app.instance().getOrDefault(ServiceDiscovery.AUTHENTICATION, "");
        if (!registered.isEmpty()) {
            return ClientAuthentication.valueOf(registered);
        }
        if (app.clientSecret() == null) {
            return ClientAuthentication.NONE;
        }
        List<ClientAuthentication> known = McpDiscovery.methods(app.instance());
        return known.contains(ClientAuthentication.BASIC) || !known.contains(ClientAuthentication.POST)
                ? ClientAuthentication.BASIC
                : ClientAuthentication.POST;
    }
}
