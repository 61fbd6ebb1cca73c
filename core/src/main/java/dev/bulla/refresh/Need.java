package dev.bulla.refresh;

/** Why fresh tokens are wanted. */
public enum Need {
    /** The due time has come. */
    DUE,
    /** Not due yet, but the present refresh token should be replaced; the present access token is good. */
    EARLY,
    /** The service refused the present access token, so that it counts as ended. */
    REFUSED
}
