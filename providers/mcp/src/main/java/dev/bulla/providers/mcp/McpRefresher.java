package dev.bulla.providers.mcp;

import dev.bulla.oauth2.RefreshTokenGrant;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.Tokens;

/** Redeems refresh tokens at the endpoint that was found. */
final class McpRefresher implements TokenRefresher {
    @Override
    public Style style() {
        return Style.REFRESH_TOKEN;
    }

    @Override
    public Tokens refresh(Tokens old, ProviderCall call) {
        return RefreshTokenGrant.of(McpFacts.of(call.app())).refresh(old, call);
    }
}
