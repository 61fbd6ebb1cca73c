package dev.bulla.provider;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is authorised at one service: begin, then complete from the callback, then say whose account it is.
 *
 * <p>An implementation shapes messages. State, PKCE, browser binding, expiry and storage are core's alone: core makes the values,
 * checks that the authorization URL carries them, and checks the callback before {@link #complete} is called. Thread-safe.
 */
public interface OAuthFlow {
    /** The authorization URL (RFC 6749 section 4.1.1) for a browser. No I/O beyond cached metadata. */
    URI authorizationUri(Begin begin, ProviderCall call);

    /**
     * Redeems the code, once, at the token endpoint (RFC 6749 section 4.1.3), verifies an ID token where there is one, and upgrades
     * to long-lived tokens where the service needs it.
     *
     * @throws ProviderException where the service refuses or does not answer
     */
    Tokens complete(Completion completion, ProviderCall call);

    /**
     * Asks whose account these tokens open.
     *
     * @throws ProviderException where the service refuses or does not answer
     */
    Identity identify(Tokens tokens, ProviderCall call);

    /** The issuer that an authorization response must name in {@code iss} when it names one (RFC 9207), or null where none is known. */
    default @Nullable String issuer(ProviderCall call) {
        return null;
    }

    /** Whether the service always sends {@code iss}, so that its absence is an attack (RFC 9207 section 2.4). */
    default boolean issuerRequired(ProviderCall call) {
        return false;
    }

    /**
     * Whether a callback is one of the service, for a service that signs what it sends: asked once state, path, browser and issuer are
     * checked, and before the code leaves.
     *
     * @param parameters of the callback, decoded; one that stands there twice is left out
     */
    default boolean accepts(Map<String, String> parameters, ProviderCall call) {
        return true;
    }

    /**
     * What core gives for an authorization URL. {@code toString} shows nothing.
     *
     * @param scopes requested scopes
     * @param state to be sent as it is
     * @param codeChallenge S256 challenge (RFC 7636 section 4.2)
     * @param nonce for OpenID Connect
     * @param reconnect whether an account exists already, so that the service may be asked for consent again
     */
    record Begin(List<String> scopes, String state, String codeChallenge, String nonce, boolean reconnect) {
        public Begin {
            scopes = List.copyOf(scopes);
        }

        @Override
        public String toString() {
            return "Begin[]";
        }
    }

    /** What core gives to redeem a code. {@code toString} shows nothing. */
    record Completion(Secret code, Secret codeVerifier, String nonce, List<String> requestedScopes) {
        public Completion {
            requestedScopes = List.copyOf(requestedScopes);
        }

        @Override
        public String toString() {
            return "Completion[]";
        }
    }
}
