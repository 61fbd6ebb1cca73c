package dev.bulla.providers.mcp;

import dev.bulla.oauth2.AuthorizationCodeFlow;
import dev.bulla.provider.Identity;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Tokens;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The standard flow, with the endpoints that were found. */
final class McpFlow implements OAuthFlow {
    /** The protocol does not say whose account it is. */
    private static final Identity NOBODY_KNOWS = Identity.of("-", "");

    private static OAuthFlow of(ProviderCall call) {
        return AuthorizationCodeFlow.of(McpFacts.of(call.app()), (tokens, same) -> NOBODY_KNOWS);
    }

    @Override
    public URI authorizationUri(Begin begin, ProviderCall call) {
        return of(call).authorizationUri(begin, call);
    }

    @Override
    public Tokens complete(Completion completion, ProviderCall call) {
        return of(call).complete(completion, call);
    }

    @Override
    public Identity identify(Tokens tokens, ProviderCall call) {
        return NOBODY_KNOWS;
    }

    @Override
    public @Nullable String issuer(ProviderCall call) {
        return of(call).issuer(call);
    }

    @Override
    public boolean issuerRequired(ProviderCall call) {
        return of(call).issuerRequired(call);
    }
}
