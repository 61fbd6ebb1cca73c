package dev.bulla.model;

/** Who can open an account's tokens. */
public enum SealedTo {
    /** The running host: the member has no key yet. */
    HOST,
    /** The member's key, together with the running host. */
    MEMBER,
    /** Nothing is stored. */
    NOBODY
}
