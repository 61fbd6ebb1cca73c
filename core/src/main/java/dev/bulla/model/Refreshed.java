package dev.bulla.model;

/** What became of a refresh that somebody asked for. It holds no token. */
public enum Refreshed {
    /** The tokens are fresh: by this refresh, or by one of somebody else that came first. */
    REFRESHED,
    /** There is nothing newer to be had now; the present tokens are used until they end. */
    KEPT,
    /** There is nothing to refresh: the credential does not end, or ends with the consent. */
    NOT_OFFERED
}
