package dev.bulla.oauth2;

import dev.bulla.provider.Exchange;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.Tokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the present access token for a fresh one, at a service that knows no refresh tokens. An access token that has ended can not
 * be exchanged any more. Thread-safe.
 */
public final class ExchangeGrant implements TokenRefresher {
    private final TokenEndpoint endpoint;
    private final Exchange exchange;

    private ExchangeGrant(TokenEndpoint endpoint, Exchange exchange) {
        this.endpoint = endpoint;
        this.exchange = exchange;
    }

    /** @throws IllegalStateException where the spec has no exchange */
    public static ExchangeGrant of(OAuth2Spec spec) {
        Exchange exchange =
                spec.exchange().orElseThrow(() -> new IllegalStateException("the service exchanges no access tokens"));
        return new ExchangeGrant(TokenEndpoint.of(spec), exchange);
    }

    @Override
    public Style style() {
        return Style.EXCHANGE_CURRENT;
    }

    @Override
    public @Nullable Instant notBefore(Tokens tokens) {
        Instant issued = IssueTime.of(tokens.main());
        return issued == null ? null : issued.plus(exchange.minimumAge());
    }

    @Override
    public Tokens refresh(Tokens old, ProviderCall call) {
        return endpoint.exchange(exchange, old.main(), call);
    }
}
