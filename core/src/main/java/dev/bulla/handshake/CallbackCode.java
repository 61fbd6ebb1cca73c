package dev.bulla.handshake;

import dev.bulla.model.ConnectError;
import dev.bulla.provider.OAuthFlow;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Sight;
import dev.bulla.provider.Symptom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The code in a callback whose state, browser and path are right: what else must be true before it leaves. */
final class CallbackCode {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackCode.class);

    private CallbackCode() {}

    /** @throws Stop where it may not be redeemed */
    static Secret of(CallbackQuery query, Provider provider, ProviderCall call) {
        OAuthFlow flow = provider.flow().orElseThrow();
        if (!query.clean()) {
            throw new Stop(ConnectError.MISSING_PARAMS, "a parameter twice, or unreadable");
        }
        String issuer = flow.issuer(call);
        boolean named = query.present("iss");
        if (named && issuer != null && !issuer.equals(query.once("iss").orElse(""))) {
            throw new Stop(ConnectError.TOKEN_EXCHANGE_FAILED, "issuer_differs");
        }
        if (!named && flow.issuerRequired(call)) {
            throw new Stop(ConnectError.TOKEN_EXCHANGE_FAILED, "issuer_missing");
        }
        if (query.present("error")) {
            throw new Stop(
                    ConnectError.AUTHORIZATION_DENIED,
                    denial(provider, query.once("error").orElse("")));
        }
        if (!accepted(query, flow, call)) {
            throw new Stop(ConnectError.TOKEN_EXCHANGE_FAILED, "callback_refused");
        }
        if (query.carriesTokens()) {
            LOG.warn("a callback carried tokens; only codes are taken");
        }
        return Secret.of(
                query.code().orElseThrow(() -> new Stop(ConnectError.MISSING_PARAMS, "no code, or not a code")));
    }

    private static boolean accepted(CallbackQuery query, OAuthFlow flow, ProviderCall call) {
        try {
            return flow.accepts(query.all(), call);
        } catch (RuntimeException e) { // of a provider's own code, over what a browser brought
            LOG.warn("checking a callback ended with {}", e.getClass().getName());
            return false;
        }
    }

    private static boolean isKnown(Provider provider, String error) {
        return Symptom.of(provider).stream()
                .flatMap(symptom -> symptom.sights().stream())
                .anyMatch(sight ->
                        sight.kind() == Sight.Kind.CALLBACK && sight.words().contains(error));
    }

    /**
     * The service's error, if it is one of the standard's (RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6), or the one that
     * several services say in place of showing a page, or one that the provider's walkthrough names.
     */
    private static String denial(Provider provider, String error) {
        return switch (error) {
            case "access_denied",
                    "invalid_request",
                    "unauthorized_client",
                    "unsupported_response_type",
                    "invalid_scope",
                    "server_error",
                    "temporarily_unavailable",
                    "redirect_uri_mismatch",
                    "interaction_required",
                    "login_required",
                    "consent_required",
                    "account_selection_required" -> error;
            default -> isKnown(provider, error) ? error : "unrecognised_error";
        };
    }
}
