package dev.bulla.oauth2;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.Exchange;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.Encoding;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The token endpoint (RFC 6749 section 3.2): one request, one answer, read strictly. The standard flow and refresher stand on it; a
 * provider whose service knows a further grant type uses it for that. Thread-safe.
 */
public final class TokenEndpoint {
    /** What tokens are asked for (RFC 8707). */
    static final String RESOURCE = "resource";

    private final OAuth2Spec spec;
    private final ClientRequest client;
    private final Refusals refusals;

    private TokenEndpoint(OAuth2Spec spec) {
        this.spec = spec;
        this.client = new ClientRequest(spec, spec.clientAuthentication(), spec.encoding());
        this.refusals = new Refusals(spec.errorReader());
    }

    public static TokenEndpoint of(OAuth2Spec spec) {
        return new TokenEndpoint(spec);
    }

    /**
     * Sends one token request, with the client's proof of itself. Lifetimes count from before it is sent.
     *
     * @param parameters beside {@code grant_type} and the client's
     * @throws ProviderException {@code TERMINAL}, {@code MISCONFIGURED} or {@code TRANSIENT} as the service refuses; {@code TRANSIENT}
     *     also where nothing was sent; {@code OUTCOME_UNKNOWN} where something was sent and no usable answer came back, with error
     *     {@code answer_refused} where an answer came that can not be read
     */
    public Tokens request(String grantType, Map<String, String> parameters, ProviderCall call) {
        return grant(grantType, parameters, call).tokens();
    }

    /** A successful answer, as fields and as tokens. */
    record Grant(Json answer, Tokens tokens) {}

    Grant grant(String grantType, Map<String, String> parameters, ProviderCall call) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("grant_type", grantType);
        all.putAll(parameters);
        return answer(
                client.to(
                        spec.encoding() == Encoding.QUERY ? "GET" : "POST",
                        spec.tokenUrl().expand(call.app().instance()),
                        all,
                        call),
                call);
    }

    /** Exchanges one access token for another; fails as {@link #request} does. */
    Tokens exchange(Exchange exchange, TokenSet present, ProviderCall call) {
        Map<String, String> parameters = Map.of(
                "grant_type",
                exchange.grantType(),
                exchange.tokenParameter(),
                present.accessToken().reveal());
        ClientRequest own = new ClientRequest(spec, exchange.authentication(), Encoding.FORM);
        URI url = exchange.url().expand(call.app().instance());
        Instant sent = call.clock().instant();
        Tokens tokens =
                answer(own.to(exchange.method(), url, parameters, call), call).tokens();
        return ages() ? IssueTime.noted(tokens, sent) : tokens;
    }

    private boolean ages() {
        return spec.exchange().filter(one -> !one.minimumAge().isZero()).isPresent();
    }

    private Grant answer(HttpCall request, ProviderCall call) {
        Instant sent = call.clock().instant();
        HttpAnswer answer = call.http().send(request);
        if (answer.status() / 100 != 2) {
            throw refusals.of(answer, call.clock());
        }
        Json json = parse(answer);
        ProviderException refusal = refusals.underSuccess(answer, json, call.clock());
        if (refusal != null) {
            throw refusal;
        }
        Json told = spec.unwrapped(json);
        return new Grant(told, tokens(told, sent, answer.status()));
    }

    private static Json parse(HttpAnswer answer) {
        try {
            return StrictJson.tokenAnswer(answer);
        } catch (BullaException e) {
            throw unreadable(answer.status(), "the answer is not the JSON of a token endpoint");
        }
    }

    private Tokens tokens(Json json, Instant sent, int status) {
        try {
            return spec.tokenReader().read(json, new TokenFields(spec, sent)::read);
        } catch (ProviderException e) {
            throw e;
        } catch (RuntimeException e) { // a reader of a provider may stumble, and its text may hold values
            throw unreadable(status, "the answer has no usable token");
        }
    }

    private static ProviderException unreadable(int status, String message) {
        return new ProviderException(Kind.OUTCOME_UNKNOWN, "answer_refused", status, null, message);
    }
}
