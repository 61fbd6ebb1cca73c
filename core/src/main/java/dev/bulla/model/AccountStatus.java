package dev.bulla.model;

/** Where a connected account stands. */
public enum AccountStatus {
    /** Under way: not usable before a choice is made. */
    PENDING,
    /** Usable. */
    ACTIVE,
    /** Only a new consent of the member helps; the reason says why. */
    RECONNECT_REQUIRED,
    /** Ended by the member, the owner or a reset; nothing secret is left. */
    DISCONNECTED
}
