package dev.bulla.oauth2;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.HttpCall.Purpose;
import dev.bulla.provider.Json;
import dev.bulla.provider.OAuth2Spec;
import dev.bulla.provider.OAuth2Spec.Encoding;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.RevocationCall;
import dev.bulla.provider.RevocationCall.Place;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRevoker;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Revokes tokens (RFC 7009, or as the spec declares): of each chosen set the refresh token, then the access token. Every token is tried,
 * also after a failure; the first failure is thrown at the end. A token that the service does not know (any more) counts as revoked.
 *
 * <p>Where access tokens alone are sent, one that has ended would leave its refresh token alive: it is refreshed first, and the fresh one
 * is revoked. Thread-safe.
 */
public final class TokenRevocation implements TokenRevoker {
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final OAuth2Spec spec;
    private final RevocationCall revocation;
    private final ClientRequest client;
    private final Refusals refusals;
    private final @Nullable RefreshTokenGrant refresher;

    private TokenRevocation(OAuth2Spec spec, RevocationCall revocation) {
        this.spec = spec;
        this.revocation = revocation;
        this.client = new ClientRequest(spec, revocation.authentication(), encoding(revocation.place()));
        this.refusals = new Refusals(spec.errorReader());
        this.refresher = spec.refreshes() ? RefreshTokenGrant.of(spec) : null;
    }

    /** @throws IllegalStateException where the spec has no revocation */
    public static TokenRevocation of(OAuth2Spec spec) {
        return new TokenRevocation(
                spec, spec.revocation().orElseThrow(() -> new IllegalStateException("the service has no revocation")));
    }

    @Override
    public Reach reach() {
        return revocation.reach();
    }

    @Override
    public void revoke(Tokens tokens, ProviderCall call) {
        BullaException first = null;
        for (Map.Entry<String, TokenSet> entry :
                revocation.which().of(tokens).sets().entrySet()) {
            TokenSet whole = tokens.sets().getOrDefault(entry.getKey(), entry.getValue());
            BullaException failure = outlives(whole, entry.getValue(), call)
                    ? endByFreshOne(entry.getKey(), whole, call)
                    : end(entry.getValue(), call);
            first = first == null ? failure : first;
        }
        if (first != null) {
            throw first;
        }
    }

    /** Whether what is to be sent has ended, while a refresh token that is not to be sent may bring tokens to life. */
    private boolean outlives(TokenSet whole, TokenSet chosen, ProviderCall call) {
        Instant end = whole.expiresAt();
        return refresher != null
                && whole.refreshToken() != null
                && chosen.refreshToken() == null
                && end != null
                && !end.isAfter(call.clock().instant().plus(MARGIN));
    }

    /** A refresh token that is refused has nothing left to end. */
    private @Nullable BullaException endByFreshOne(String name, TokenSet old, ProviderCall call) {
        Tokens fresh;
        try {
            fresh = Objects.requireNonNull(refresher).refresh(Tokens.named(Map.of(name, old)), call);
        } catch (ProviderException e) {
            return isRefused(e) ? null : e;
        } catch (BullaException e) {
            return e;
        }
        BullaException first = null;
        for (TokenSet set : revocation.which().of(fresh).sets().values()) {
            BullaException failure = end(set, call);
            first = first == null ? failure : first;
        }
        return first;
    }

    private @Nullable BullaException end(TokenSet set, ProviderCall call) {
        Secret refreshToken = set.refreshToken();
        BullaException refresh = refreshToken == null ? null : attempt(refreshToken, "refresh_token", false, call);
        if (refreshToken != null && revocation.refreshAlone()) {
            return refresh;
        }
        boolean endsAnyway = refreshToken != null && refresh == null;
        BullaException access = attempt(set.accessToken(), "access_token", endsAnyway, call);
        return refresh == null ? access : refresh;
    }

    /** @param endsAnyway whether the token ends with a refresh token that has just been revoked */
    private @Nullable BullaException attempt(Secret token, String kind, boolean endsAnyway, ProviderCall call) {
        try {
            revoke(token, kind, endsAnyway, call);
            return null;
        } catch (BullaException e) {
            return e;
        }
    }

    private void revoke(Secret token, String kind, boolean endsAnyway, ProviderCall call) {
        HttpAnswer answer = call.http().send(request(token, kind, call));
        ProviderException refusal = refusal(answer, call);
        if (refusal != null && !meansUnknownToken(refusal) && !(endsAnyway && isUnsupported(refusal))) {
            throw refusal;
        }
    }

    private HttpCall request(Secret token, String kind, ProviderCall call) {
        URI url = revocation.url().expand(call.app());
        if (revocation.place() == Place.BEARER || revocation.place() == Place.HEADER) {
            boolean bearer = revocation.place() == Place.BEARER;
            return Wire.headers(HttpCall.of(Purpose.TOKEN, revocation.method(), url, null), spec)
                    .header(
                            bearer ? "Authorization" : revocation.tokenParameter(),
                            bearer ? "Bearer " + token.reveal() : token.reveal());
        }
        Map<String, String> parameters = new LinkedHashMap<>(Map.of(revocation.tokenParameter(), token.reveal()));
        if (revocation.hinted()) {
            parameters.put("token_type_hint", kind);
        }
        return client.to(revocation.method(), url, parameters, call);
    }

    private static Encoding encoding(Place place) {
        return place == Place.JSON ? Encoding.JSON : place == Place.QUERY ? Encoding.QUERY : Encoding.FORM;
    }

    /** An answer of success needs no body (RFC 7009 section 2.2), but some services put a refusal into one. */
    private @Nullable ProviderException refusal(HttpAnswer answer, ProviderCall call) {
        if (answer.status() / 100 != 2) {
            return refusals.of(answer, call.clock());
        }
        Json json;
        try {
            json = StrictJson.tokenAnswer(answer);
        } catch (BullaException e) {
            return null;
        }
        return refusals.underSuccess(answer, json, call.clock());
    }

    private boolean meansUnknownToken(ProviderException refusal) {
        int status = refusal.status();
        return isRefused(refusal)
                || status == 404
                || status == 410
                || revocation.goneBy().contains(status);
    }

    /** The token itself is; who is denied access may hold a good one. */
    private static boolean isRefused(ProviderException refusal) {
        return refusal.kind() == Kind.TERMINAL && !refusal.error().equals("access_denied");
    }

    /** The endpoint may be unable to revoke access tokens alone (RFC 7009 section 2.2.1). */
    private static boolean isUnsupported(ProviderException refusal) {
        return refusal.error().equals("unsupported_token_type");
    }
}
