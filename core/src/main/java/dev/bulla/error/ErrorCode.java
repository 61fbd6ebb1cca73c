package dev.bulla.error;

/** Stable codes of everything that can go wrong, each with who must act and whether the same call may succeed later by itself. */
public enum ErrorCode {
    /** No connection of this name in this tenant. */
    CONNECTION_UNKNOWN(Actor.OWNER, false),
    /** The name is taken within the tenant. */
    CONNECTION_NAME_TAKEN(Actor.OWNER, false),
    /** The connection is switched off. */
    NOT_ENABLED(Actor.OWNER, false),
    /** The connection still misses settings. */
    NOT_CONFIGURED(Actor.OWNER, false),
    /** Accounts exist on the connection, so it is not deleted without force. */
    CONNECTION_IN_USE(Actor.OWNER, false),
    /** The provider refuses the client id or secret of the connection, or the credential that it has for everybody. */
    APP_REFUSED(Actor.OWNER, false),
    /** A setting, field or name is not of the form that it must have. */
    INVALID_SETTING(Actor.OWNER, false),
    /** The member has no account on this connection. */
    NOT_CONNECTED(Actor.MEMBER, false),
    /** The member must connect again; the reason says why. */
    RECONNECT_REQUIRED(Actor.MEMBER, false),
    /** The connection is not completed: a choice is pending. */
    SELECTION_PENDING(Actor.MEMBER, false),
    /** The ticket of a choice is over, used, unknown, or the account has changed since: begin the choice again. */
    SESSION_EXPIRED(Actor.MEMBER, false),
    /** There is more to choose from than is listed: search, or open a branch. */
    TOO_MANY_OPTIONS(Actor.MEMBER, false),
    /** The account is sealed to the member's key and the session was opened without it. */
    KEY_REQUIRED(Actor.MEMBER, false),
    /** The text is no member key: mistyped, cut, or of another kind. */
    KEY_MALFORMED(Actor.MEMBER, false),
    /** A well-formed key, but not the member's active one. */
    KEY_WRONG(Actor.MEMBER, false),
    /** The member has a key already. */
    KEY_EXISTS(Actor.MEMBER, false),
    /** The owner asks for a member key before anything is connected. */
    KEY_REQUIRED_FIRST(Actor.MEMBER, false),
    /** The session is closed or its time is over. */
    SESSION_CLOSED(Actor.MEMBER, false),
    /** Values of the form are missing or refused by the provider. */
    FORM_REFUSED(Actor.MEMBER, false),
    /** Too many open flows of one member. */
    TOO_MANY_FLOWS(Actor.MEMBER, true),
    /** The host's code passed something that is not of the form that it must have: a name, a target, a header. */
    INVALID_ARGUMENT(Actor.HOST, false),
    /** The return address is not on the host's list. */
    RETURN_ADDRESS_REFUSED(Actor.HOST, false),
    /** Configuration of the library, its keys or its database is not usable as it stands. */
    SETUP(Actor.HOST, false),
    /** The ring lacks a host key (term) that a record needs. */
    HOST_KEY_MISSING(Actor.HOST, false),
    /** A record does not open under the keys and the row that it belongs to: it was altered, swapped or damaged. */
    RECORD_REFUSED(Actor.HOST, false),
    /** The member's public key row does not carry a valid proof, or is missing where records are sealed to it. */
    KEY_ROW_REFUSED(Actor.HOST, false),
    /** The host address of a call is not on the provider's list. */
    HOST_NOT_ALLOWED(Actor.HOST, false),
    /** The address of a service is of a kind that this host does not allow to reach. */
    EGRESS_BLOCKED(Actor.HOST, false),
    /** The store is away or contended. */
    STORE_UNAVAILABLE(Actor.HOST, true),
    /** Waiting for a refresh by somebody else took too long. */
    REFRESH_TIMEOUT(Actor.PROVIDER, true),
    /** The service was not reached, or asked to come back later; nothing has changed. */
    PROVIDER_UNAVAILABLE(Actor.PROVIDER, true),
    /** A request was sent and its outcome is unknown. */
    OUTCOME_UNKNOWN(Actor.PROVIDER, true),
    /** The service answered with something that is no answer in its protocol. */
    ANSWER_REFUSED(Actor.PROVIDER, false),
    /** The service says that the grant is gone, or refuses a token in whose place none can be had. */
    GRANT_REFUSED(Actor.MEMBER, false),
    /** The library is closed. */
    CLOSED(Actor.HOST, false);

    private final Actor actor;
    private final boolean retryable;

    ErrorCode(Actor actor, boolean retryable) {
        this.actor = actor;
        this.retryable = retryable;
    }

    public Actor actor() {
        return actor;
    }

    public boolean isRetryable() {
        return retryable;
    }
}
