package dev.bulla.audit;

/** What an entry is about. */
public enum Action {
    /** A call of a service's API that is no tool. */
    CALL,
    /** A call of a tool. */
    TOOL,
    /** A token was handed out, or was asked for. */
    TOKEN,
    /** A session was asked for something beside calls, and refused it: what stands in the arguments. */
    SESSION,
    CONNECTION_CREATED,
    /** Settings or secrets of a connection were written. */
    CONNECTION_SAVED,
    CONNECTION_ENABLED,
    CONNECTION_DISABLED,
    CONNECTION_DELETED,
    /** App registrations that had been replaced were given up, and with them what they had issued. */
    APPS_RETIRED,
    ACCOUNT_CONNECTED,
    /** An account that was there was connected again. */
    ACCOUNT_RECONNECTED,
    ACCOUNT_DISCONNECTED,
    /** The account is of no use until the member connects it again. */
    RECONNECT_REQUIRED,
    KEY_ISSUED,
    KEY_ROTATED,
    KEY_RESET,
    KEY_REVOKED,
    MEMBER_REMOVED,
    GRANT_ISSUED,
    GRANT_REVOKED,
    POLICY_SAVED,
    POLICY_DELETED,
    TOOLS_CHANGED,
    /** An owner ended a session, and what was denied in it counts no more. */
    SESSION_RESET,
    WEBHOOK_CHANGED,
    /** Entries are missing, because a sink took none, or because a member was refused too often: how many stands in the arguments. */
    DROPPED,
    /** Of a newer version of this library. */
    OTHER;

    /** Whether it is a use of a credential, or an attempt at one, and not a change. */
    public boolean isUse() {
        return this == CALL || this == TOOL || this == TOKEN || this == SESSION;
    }

    /** What a stored name means to this version. */
    public static Action of(String name) {
        for (Action action : values()) {
            if (action.name().equals(name)) {
                return action;
            }
        }
        return OTHER;
    }
}
