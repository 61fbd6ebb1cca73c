package dev.bulla.provider;

import java.util.Map;

/** How tokens are revoked at one service (RFC 7009 or its own way). Thread-safe. */
public interface TokenRevoker {
    /** What one revocation ends. */
    enum Reach {
        /** The tokens that are sent. */
        TOKEN,
        /** Everything that this app was ever granted by this account: other connections of the same account and app die too. */
        GRANT
    }

    Reach reach();

    /**
     * Whether this service revokes at all, where not all of a kind do.
     *
     * @param instance what is known of the service
     */
    default boolean isOffered(Map<String, String> instance) {
        return true;
    }

    /**
     * Revokes all sets. A token that the service does not know (any more) counts as revoked (RFC 7009 section 2.2).
     *
     * @throws ProviderException where the service refuses or does not answer
     */
    void revoke(Tokens tokens, ProviderCall call);
}
