package dev.bulla.tool;

/** What a service's answer to a call is. Refusals of this library are no answers, but exceptions. */
public enum AnswerKind {
    /** As asked for (2xx, 304). */
    DONE,
    /** Another 3xx: it is not followed, and the place that it names was told nothing. */
    ELSEWHERE,
    /** 401, in spite of a refresh: the service does not accept the account's credential. Connecting again may help. */
    UNAUTHORIZED,
    /** 403: the service does not allow this to the account. A permission, a role or a plan is missing. */
    FORBIDDEN,
    /** 429: the service wants a pause. While it lasts, where it said how long, nothing is sent for this account. */
    THROTTLED,
    /** Another 4xx: the request is not as the service wants it. */
    REFUSED,
    /** 5xx: the service failed. */
    FAILED;

    /** What a status says. Some services report failures in a success: what those say counts then. */
    public static AnswerKind of(int status) {
        return switch (status) {
            case 304 -> DONE;
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 429 -> THROTTLED;
            default -> status >= 500 ? FAILED : status >= 400 ? REFUSED : status >= 300 ? ELSEWHERE : DONE;
        };
    }
}
