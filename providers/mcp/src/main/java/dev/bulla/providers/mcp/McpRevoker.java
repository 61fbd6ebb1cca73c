package dev.bulla.providers.mcp;

import dev.bulla.oauth2.TokenRevocation;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.TokenRevoker;
import dev.bulla.provider.Tokens;
import java.util.Map;

/** Revokes tokens, where an endpoint for that was found. */
final class McpRevoker implements TokenRevoker {
    @Override
    public Reach reach() {
        return Reach.TOKEN;
    }

    @Override
    public boolean isOffered(Map<String, String> instance) {
        return instance.containsKey(McpDiscovery.REVOKE);
    }

    @Override
    public void revoke(Tokens tokens, ProviderCall call) {
        TokenRevocation.of(McpFacts.of(call.app())).revoke(tokens, call);
    }
}
