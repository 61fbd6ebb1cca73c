package dev.bulla.model;

import java.util.Locale;

/** Why an account has its status. {@link #code()} is stable. */
public enum Reason {
    SELECTION_PENDING,
    /** The service refused the grant. */
    GRANT_REVOKED,
    /** The grant's own time is over, or there is no refresh token and the access token has ended. */
    GRANT_EXPIRED,
    /** A refresh was sent, its outcome never became known, and the one repetition that is allowed did not help. */
    OUTCOME_UNKNOWN,
    /** Fewer scopes were granted than asked for. */
    SCOPES_MISSING,
    /** The service refuses the connection's client id or secret. The account stays as it is and is tried again by itself. */
    APP_REFUSED,
    /** The app registration that issued the tokens is gone. */
    APP_GONE,
    /** The owner retired the app registration that issued the tokens. */
    APP_RETIRED,
    /** The endpoints are no longer those that the tokens were given for. */
    ENDPOINT_CHANGED,
    /** The member lost the key and reset it. */
    KEY_RESET,
    /** The owner asked for a new consent. */
    OWNER_ASKED,
    DISCONNECTED_BY_MEMBER,
    DISCONNECTED_BY_OWNER;

    /** The stable code: the name in lower case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
