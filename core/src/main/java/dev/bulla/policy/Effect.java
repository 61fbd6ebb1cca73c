package dev.bulla.policy;

/** What a policy does where it applies. */
public enum Effect {
    /** Lets the call through, unless a forbid applies too. */
    PERMIT,
    /** Stops the call, whatever else permits it. */
    FORBID
}
