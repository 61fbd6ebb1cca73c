package dev.bulla.error;

/**
 * Stable codes of everything that can go wrong, each with who must act, whether the same call may succeed later by itself, and what it
 * means to people.
 */
public enum ErrorCode {
    /** No connection of this name in this tenant. */
    CONNECTION_UNKNOWN(
            Actor.OWNER, false, Place.CONNECTIONS, "There is no connection of this name. Its owner can create one."),
    /** The name is taken within the tenant. */
    CONNECTION_NAME_TAKEN(
            Actor.OWNER, false, Place.CONNECTIONS, "There is a connection of this name already. Another name helps."),
    /** The connection is switched off. */
    NOT_ENABLED(
            Actor.OWNER,
            false,
            Place.CONNECTIONS,
            "The connection is switched off, or not completely set up. Its owner can switch it on."),
    /** The connection still misses settings. */
    NOT_CONFIGURED(
            Actor.OWNER,
            false,
            Place.CONNECTION_FORM,
            "The connection is not completely set up: settings are missing."),
    /** Accounts exist on the connection, so it is not deleted without force. */
    CONNECTION_IN_USE(
            Actor.OWNER,
            false,
            Place.CONNECTIONS,
            "Accounts are connected here. They must be disconnected first, or be deleted together with the connection."),
    /** The provider refuses the client id or secret of the connection, or the credential that it has for everybody. */
    APP_REFUSED(
            Actor.OWNER,
            false,
            Place.CONNECTION_FORM,
            "The service refuses the app of this connection: client ID and secret must be those that the service shows, and the app must be allowed there."),
    /** A setting, field or name is not of the form that it must have. */
    INVALID_SETTING(Actor.OWNER, false, Place.CONNECTION_FORM, "A value is not of the form that it must have."),
    /** The member has no account on this connection. */
    NOT_CONNECTED(Actor.MEMBER, false, Place.CONNECT, "No account is connected here yet."),
    /** The member must connect again; the reason says why. */
    RECONNECT_REQUIRED(Actor.MEMBER, false, Place.CONNECT, "The account must be connected again."),
    /** The connection is not completed: a choice is pending. */
    SELECTION_PENDING(
            Actor.MEMBER,
            false,
            Place.CHOICE,
            "The account is connected, but it is still to be chosen what it stands for."),
    /** The ticket of a choice is over, used, unknown, or the account has changed since: begin the choice again. */
    SESSION_EXPIRED(
            Actor.MEMBER, false, Place.CONNECT, "This took too long, or was done already. Beginning again helps."),
    /** There is more to choose from than is listed: search, or open a branch. */
    TOO_MANY_OPTIONS(
            Actor.MEMBER,
            false,
            Place.CHOICE,
            "There is more to choose from than is listed. Searching, or opening a branch, helps."),
    /** The account is sealed to the member's key and the session was opened without it. */
    KEY_REQUIRED(Actor.MEMBER, false, Place.KEY, "The account is sealed to the member's key, and opens with it only."),
    /** The text is no member key: mistyped, cut, or of another kind. */
    KEY_MALFORMED(
            Actor.MEMBER, false, Place.KEY, "This is not a member key: it is mistyped, cut off, or something else."),
    /** A well-formed key, but not the member's active one. */
    KEY_WRONG(Actor.MEMBER, false, Place.KEY, "This is not the member's present key."),
    /** The member has a key already. */
    KEY_EXISTS(Actor.MEMBER, false, Place.KEY, "There is a key already. It can be replaced."),
    /** The owner asks for a member key before anything is connected. */
    KEY_REQUIRED_FIRST(
            Actor.MEMBER,
            false,
            Place.KEY,
            "A member key is asked for before an account is connected here. The member can make one."),
    /** The session is closed or its time is over. */
    SESSION_CLOSED(
            Actor.MEMBER, false, Place.KEY, "The session is over, or its key was replaced. Opening it again helps."),
    /** Values of the form are missing or refused by the provider. */
    FORM_REFUSED(
            Actor.MEMBER,
            false,
            Place.MEMBER_FORM,
            "A value is missing, is not of the form that it must have, or is refused by the service."),
    /** Too many open flows of one member. */
    TOO_MANY_FLOWS(
            Actor.MEMBER,
            true,
            Place.WAIT,
            "Connecting was begun too often within a short time. Waiting a quarter of an hour helps."),
    /** The host's code passed something that is not of the form that it must have: a name, a target, a header. */
    INVALID_ARGUMENT(
            Actor.HOST,
            false,
            Place.HOST,
            "The application asked for something that can not be. Its developer must look at it."),
    /** The return address is not on the host's list. */
    RETURN_ADDRESS_REFUSED(
            Actor.HOST,
            false,
            Place.HOST,
            "The application wants the browser back at an address that is not on its list. Its developer can add it."),
    /** Configuration of the library, its keys or its database is not usable as it stands. */
    SETUP(Actor.HOST, false, Place.HOST, "The application is not set up as it must be. Its operator must look at it."),
    /** The ring lacks a host key (term) that a record needs. */
    HOST_KEY_MISSING(
            Actor.HOST,
            false,
            Place.HOST,
            "The application lacks a key with which stored data was sealed. Its operator must bring it back."),
    /** A record does not open under the keys and the row that it belongs to: it was altered, swapped or damaged. */
    RECORD_REFUSED(
            Actor.HOST,
            false,
            Place.HOST,
            "A stored record does not open: it was changed, moved or damaged. The operator of the application must look at it."),
    /** The member's public key row does not carry a valid proof, or is missing where records are sealed to it. */
    KEY_ROW_REFUSED(
            Actor.HOST,
            false,
            Place.HOST,
            "The member's stored key is not one that this application wrote. Its operator must look at it."),
    /** The host address of a call is not on the provider's list. */
    HOST_NOT_ALLOWED(
            Actor.HOST,
            false,
            Place.HOST,
            "The application wanted to send a credential to an address that it may not go to. Its developer must look at it."),
    /** The address of a service is of a kind that this host does not allow to reach. */
    EGRESS_BLOCKED(
            Actor.HOST,
            false,
            Place.HOST,
            "The service stands at an address that the application does not reach, such as one of an inner network. Its operator can allow it."),
    /** The store is away or contended. */
    STORE_UNAVAILABLE(
            Actor.HOST,
            true,
            Place.HOST,
            "The application's database does not answer, or is too busy. Trying again later helps."),
    /** Waiting for a refresh by somebody else took too long. */
    REFRESH_TIMEOUT(
            Actor.PROVIDER,
            true,
            Place.WAIT,
            "Renewing the access takes unusually long, and goes on. Trying again in a moment helps."),
    /** The service was not reached, or asked to come back later; nothing has changed. */
    PROVIDER_UNAVAILABLE(
            Actor.PROVIDER,
            true,
            Place.WAIT,
            "The service does not answer, or asks for a pause. It is asked again by itself."),
    /** A request was sent and its outcome is unknown. */
    OUTCOME_UNKNOWN(
            Actor.PROVIDER,
            true,
            Place.WAIT,
            "Something was sent to the service and no answer came back: nobody knows yet whether it counts."),
    /** The service answered with something that is no answer in its protocol. */
    ANSWER_REFUSED(
            Actor.PROVIDER, false, Place.SERVICE, "The service answered with something that can not be understood."),
    /** The service says that the grant is gone, or refuses a token in whose place none can be had. */
    GRANT_REFUSED(
            Actor.MEMBER, false, Place.CONNECT, "The service no longer accepts this access. Connecting again helps."),
    /** The host has not approved the member. */
    MEMBER_NOT_APPROVED(
            Actor.OWNER,
            false,
            Place.HOST,
            "The member is not approved here yet. Whoever manages the members of this application can do that."),
    /** The host has switched the tenant off. */
    TENANT_DISABLED(
            Actor.OWNER,
            false,
            Place.HOST,
            "Everything is switched off here. Keys and accounts stay as they are until it is switched on again."),
    /** The policies of the connection do not allow this call. */
    POLICY_DENIED(Actor.OWNER, false, Place.POLICIES, "The policies of this connection do not allow this."),
    /** The session was opened with a grant, and that is not for this. */
    BEYOND_GRANT(
            Actor.MEMBER,
            false,
            Place.KEY,
            "The grant that is used here is for other things. The member can make one that is for this, too."),
    /** The policies of the connection can not be read: nothing is allowed until they can. */
    POLICY_UNREADABLE(
            Actor.HOST,
            false,
            Place.HOST,
            "The policies of this connection can not be read, so nothing is allowed. The operator of the application must look at it."),
    /** A policy or a tool is not of the form that it must have; nothing was saved. */
    POLICY_REFUSED(
            Actor.OWNER,
            false,
            Place.POLICIES,
            "The policy names something that is not there, or has a value that can not be. Nothing was saved."),
    /** More calls than the limit lets through. */
    RATE_LIMITED(Actor.MEMBER, true, Place.WAIT, "This was asked for too often. Waiting a little helps."),
    /** What happens can not be written down, so nothing may happen. */
    AUDIT_UNAVAILABLE(
            Actor.HOST,
            true,
            Place.HOST,
            "The application can not write down what is done here, so nothing is done. Trying again later helps."),
    /** There is no tool of this name for this member. */
    TOOL_UNKNOWN(Actor.HOST, false, Place.HOST, "There is no tool of this name here."),
    /** The arguments are not those that the tool takes. */
    TOOL_ARGUMENTS(
            Actor.HOST,
            false,
            Place.HOST,
            "The tool was called with something that it does not take, or without what it needs."),
    /** No answer came in time, to a call that changes nothing. */
    UPSTREAM_TIMEOUT(
            Actor.PROVIDER, true, Place.WAIT, "The service took too long to answer. Trying again in a moment helps."),
    /** The service asked to wait, and the time is not over: nothing was sent. */
    UPSTREAM_THROTTLED(
            Actor.PROVIDER,
            true,
            Place.WAIT,
            "The service asks for a pause, because too much was asked of it. Until its end nothing is sent."),
    /** The text is no grant that counts: unknown, ended or withdrawn. */
    GRANT_UNKNOWN(
            Actor.MEMBER,
            false,
            Place.KEY,
            "This access is not known here: it has ended, was withdrawn, or never was. The member can make a new one."),
    /** The library is closed. */
    CLOSED(
            Actor.HOST,
            false,
            Place.HOST,
            "The application is being stopped or started anew. Trying again in a moment helps.");

    private final Actor actor;
    private final boolean retryable;

    private final Place place;
    private final String sentence;

    ErrorCode(Actor actor, boolean retryable, Place place, String sentence) {
        this.actor = actor;
        this.retryable = retryable;
        this.place = place;
        this.sentence = sentence;
    }

    public Actor actor() {
        return actor;
    }

    public boolean isRetryable() {
        return retryable;
    }

    /** What it means to people. */
    public Obstacle advice() {
        return Obstacle.of(name(), sentence, actor, place);
    }
}
