package dev.bulla.model;

import java.net.URI;
import java.util.Optional;

/**
 * What became of a disconnect: the account is gone here, whatever the service said.
 *
 * @param revocation what became of the tokens at the service
 * @param grantsPage where the member can end the grant by hand, if the provider's page is known
 */
public record Disconnected(Revocation revocation, Optional<URI> grantsPage) {
    /** What became of the tokens at the service. */
    public enum Revocation {
        /**
         * The service confirmed it for the tokens that were held here. Tokens of an earlier consent, which a reconnect replaced, end at
         * the service by themselves.
         */
        REVOKED,
        /** The account is sealed to the member's key and the key was not at hand: only the member can end it, at the service. */
        LOCKED,
        /** Another live account shares the grant, which one revocation would end for both. */
        SHARED,
        /** The service offers no revocation, or there was nothing to revoke. */
        NOT_OFFERED,
        /** It was tried and did not work. */
        FAILED
    }
}
