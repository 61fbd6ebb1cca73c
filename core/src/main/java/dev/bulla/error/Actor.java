package dev.bulla.error;

/** Who must act so that a failure goes away. */
public enum Actor {
    /** The person whose account it is. */
    MEMBER,
    /** Whoever configures the tenant's connections. */
    OWNER,
    /** The developer or operator of the host application. */
    HOST,
    /** The service at the other end; waiting may help. */
    PROVIDER
}
