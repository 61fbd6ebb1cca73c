package dev.bulla.testkit.service;

/**
 * How one service differs from the standard. Immutable.
 *
 * @param clientIdParameter name of the parameter with the client id
 * @param scopeParameter name of the parameter with the scopes
 * @param scopeSeparator what stands between scopes
 * @param pkce whether PKCE is demanded
 * @param refreshes whether there are refresh tokens
 * @param saysLifetime whether an answer names the lifetime of the access token
 * @param issuerInResponse whether {@code iss} stands in authorization responses (RFC 9207)
 * @param alwaysIdToken whether each code gives an ID token, asked for by {@code openid} or not
 * @param exchangesAccessTokens whether a living access token is exchanged for a fresh one under grant types of the service's own
 */
public record Dialect(
        String clientIdParameter,
        String scopeParameter,
        String scopeSeparator,
        boolean pkce,
        boolean refreshes,
        boolean saysLifetime,
        boolean issuerInResponse,
        boolean alwaysIdToken,
        boolean exchangesAccessTokens) {

    void applyTo(Settings settings) {
        settings.clientIdParameter = clientIdParameter;
        settings.scopeParameter = scopeParameter;
        settings.scopeSeparator = scopeSeparator;
        settings.pkce = pkce;
        settings.refreshes = refreshes;
        settings.saysLifetime = saysLifetime;
        settings.issuerInResponse = issuerInResponse;
        settings.alwaysIdToken = alwaysIdToken;
        settings.exchangesAccessTokens = exchangesAccessTokens;
    }
}
