package dev.bulla.web;

import dev.bulla.error.Actor;
import dev.bulla.error.BullaException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a request was refused, for people and programs.
 *
 * @param status HTTP status
 * @param code stable code: that of the library, or {@code LOGIN_REQUIRED}, {@code FORM_NOT_TRUSTED}, {@code BAD_REQUEST},
 *     {@code NOT_FOUND}, {@code METHOD_NOT_ALLOWED}
 * @param message a sentence without anything secret
 * @param actor who must act
 * @param retryable whether the same request may succeed later by itself
 */
public record Problem(int status, String code, String message, Actor actor, boolean retryable) {
    static final Problem LOGIN_REQUIRED = member(401, "LOGIN_REQUIRED", "nobody is logged in");
    static final Problem NOT_TRUSTED =
            member(403, "FORM_NOT_TRUSTED", "the form did not come from a page of this host");
    static final Problem NOT_FOUND = new Problem(404, "NOT_FOUND", "there is no such address", Actor.HOST, false);

    private static Problem member(int status, String code, String message) {
        return new Problem(status, code, message, Actor.MEMBER, false);
    }

    static Problem method(String allowed) {
        return new Problem(405, "METHOD_NOT_ALLOWED", "only " + allowed + " goes here", Actor.HOST, false);
    }

    static Problem missing(String field) {
        return new Problem(400, "BAD_REQUEST", "'" + field + "' is missing", Actor.HOST, false);
    }

    /** What this library threw. */
    public static Problem of(BullaException e) {
        return new Problem(status(e), e.code().name(), String.valueOf(e.getMessage()), e.actor(), e.isRetryable());
    }

    private static int status(BullaException e) {
        return switch (e.code()) {
            case CONNECTION_UNKNOWN, NOT_CONNECTED -> 404;
            case INVALID_SETTING, INVALID_ARGUMENT, RETURN_ADDRESS_REFUSED, FORM_REFUSED, KEY_MALFORMED, KEY_WRONG ->
                400;
            case TOO_MANY_FLOWS -> 429;
            default -> {
                if (e.isRetryable()) {
                    yield 503;
                }
                yield switch (e.actor()) {
                    case MEMBER, OWNER -> 409;
                    case HOST -> 500;
                    case PROVIDER -> 502;
                };
            }
        };
    }

    /** {@code {code, message, actor, retryable}}. */
    public WebResponse toResponse() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", code);
        fields.put("message", message);
        fields.put("actor", actor.name());
        fields.put("retryable", retryable);
        WebResponse answer = WebResponse.json(status, JsonText.of(fields));
        return status == 401 ? answer.header("WWW-Authenticate", "Cookie") : answer;
    }
}
