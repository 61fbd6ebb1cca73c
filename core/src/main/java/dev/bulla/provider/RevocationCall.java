package dev.bulla.provider;

import dev.bulla.provider.OAuth2Spec.ClientAuthentication;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How tokens are revoked.
 *
 * @param method HTTP method
 * @param url where; it may name the client with <code>{client_id}</code> in its path
 * @param authentication how the client proves itself there
 * @param place where the token stands in the request
 * @param tokenParameter name of the parameter with the token; empty for {@link Place#BEARER}
 * @param reach what it ends
 * @param which the tokens to send, one request for each
 * @param hinted whether {@code token_type_hint} says which kind of token is sent (RFC 7009 section 2.1)
 * @param refreshAlone whether of a set with a refresh token that one alone is sent
 * @param goneBy statuses by which the service says that the token is none, or none any more, beside 404 and 410
 */
public record RevocationCall(
        String method,
        UrlTemplate url,
        ClientAuthentication authentication,
        Place place,
        String tokenParameter,
        TokenRevoker.Reach reach,
        Which which,
        boolean hinted,
        boolean refreshAlone,
        Set<Integer> goneBy) {
    public RevocationCall(
            String method,
            UrlTemplate url,
            ClientAuthentication authentication,
            Place place,
            String tokenParameter,
            TokenRevoker.Reach reach,
            Which which) {
        this(method, url, authentication, place, tokenParameter, reach, which, false, false, Set.of());
    }

    /** With a hint at the kind of token. */
    public RevocationCall withHint() {
        return new RevocationCall(
                method, url, authentication, place, tokenParameter, reach, which, true, refreshAlone, goneBy);
    }

    /** For a service that takes refresh tokens alone, or ends what was issued from one along with it. */
    public RevocationCall ofRefreshTokens() {
        return new RevocationCall(
                method, url, authentication, place, tokenParameter, reach, which, hinted, true, goneBy);
    }

    /** For a service that says so by a status alone. Name the vendor's page beside the call. */
    public RevocationCall goneBy(Integer... statuses) {
        return new RevocationCall(
                method,
                url,
                authentication,
                place,
                tokenParameter,
                reach,
                which,
                hinted,
                refreshAlone,
                Set.of(statuses));
    }

    /** Where the token stands in the request. */
    public enum Place {
        FORM,
        JSON,
        /** In the query, which the library shows nowhere. */
        QUERY,
        /** In the {@code Authorization} header; the client is not named. */
        BEARER,
        /** In a header of the service's own, by the name of the parameter; the client is not named. */
        HEADER
    }

    /** Chooses what is sent: of each set that is given back the refresh token, if it has one there, and the access token. */
    @FunctionalInterface
    public interface Which {
        Tokens of(Tokens tokens);

        /** Every token. */
        static Which every() {
            return tokens -> tokens;
        }

        /** The access tokens. */
        static Which access() {
            return tokens -> {
                Map<String, TokenSet> sets = new LinkedHashMap<>();
                tokens.sets().forEach((name, set) -> sets.put(name, TokenSet.of(set.accessToken())));
                return Tokens.named(sets);
            };
        }
    }

    /** RFC 7009. */
    public static RevocationCall rfc7009(String url, ClientAuthentication authentication, TokenRevoker.Reach reach) {
        return new RevocationCall(
                "POST", UrlTemplate.of(url), authentication, Place.FORM, "token", reach, Which.every());
    }
}
