package dev.bulla.web;

import dev.bulla.error.Actor;
import dev.bulla.error.BullaException;
import dev.bulla.error.CallRefused;
import dev.bulla.error.Obstacle;
import dev.bulla.error.Place;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a request was refused, for people and programs.
 *
 * @param status HTTP status
 * @param code stable code: that of the library, or {@code LOGIN_REQUIRED}, {@code FORM_NOT_TRUSTED}, {@code BAD_REQUEST},
 *     {@code NOT_FOUND}, {@code METHOD_NOT_ALLOWED}, {@code OWNER_REQUIRED}, {@code PROOF_REQUIRED},
 *     {@code TOO_MANY_REQUESTS}, {@code TOO_LARGE}, {@code INTERNAL_ERROR}
 * @param message what happened, for developers; without anything secret
 * @param advice what it means to people: its sentence, who must act, and where
 * @param retryable whether the same request may succeed later by itself
 * @param retryAfter after what time, where that is known; the answer says it as {@code Retry-After}
 */
public record Problem(
        int status, String code, String message, Obstacle advice, boolean retryable, Optional<Duration> retryAfter) {
    /** Nobody is logged in. A host may answer a browser with the way to its login, see {@link WebHost#refused}. */
    public static final Problem LOGIN_REQUIRED =
            of(401, "LOGIN_REQUIRED", "nobody is logged in", "Nobody is logged in. Logging in helps.", Actor.MEMBER);

    static final Problem NOT_TRUSTED = of(
            403,
            "FORM_NOT_TRUSTED",
            "the form did not come from a page of this host",
            "The page is too old, or not one of this application. Loading it again helps.",
            Actor.MEMBER);
    static final Problem NOT_FOUND =
            of(404, "NOT_FOUND", "there is no such address", "There is no such page.", Actor.HOST);

    static final Problem TOO_LARGE =
            of(413, "TOO_LARGE", "the body is longer than 64 KiB", "That is more than fits into one form.", Actor.HOST);
    static final Problem UNREADABLE = of(
            400,
            "BAD_REQUEST",
            "the form can not be decoded",
            "The form can not be read. Loading the page again helps.",
            Actor.HOST);
    static final Problem INTERNAL = of(
            500,
            "INTERNAL_ERROR",
            "something went wrong on this side",
            "Something went wrong on this side.",
            Actor.HOST);

    static final Problem OWNER_REQUIRED = of(
            403,
            "OWNER_REQUIRED",
            "only an owner of the connections may do this",
            "Only an owner may do this.",
            Actor.OWNER);
    /** The host wants to know anew who is asking, see {@link WebHost#isProven}; it may answer a browser with the way to prove it. */
    public static final Problem PROOF_REQUIRED = of(
            403,
            "PROOF_REQUIRED",
            "the host asks the member to prove anew who is asking",
            "Logging in once more is needed before this is done.",
            Actor.MEMBER);
    /** Somebody asks more often than the limits let through. */
    public static final Problem TOO_MANY = new Problem(
            429,
            "TOO_MANY_REQUESTS",
            "the limits let no more through now",
            Obstacle.of(
                    "TOO_MANY_REQUESTS",
                    "This was asked for too often. Waiting a little helps.",
                    Actor.MEMBER,
                    Place.WAIT),
            true,
            Optional.of(Duration.ofMinutes(1)));

    /** One that is not the library's. */
    static Problem of(int status, String code, String message, String sentence, Actor actor) {
        return new Problem(
                status, code, message, Obstacle.of(code, sentence, actor, Place.HOST), false, Optional.empty());
    }

    static Problem method(String allowed) {
        return of(
                405,
                "METHOD_NOT_ALLOWED",
                "only " + allowed + " goes here",
                "Nothing goes here in this way.",
                Actor.HOST);
    }

    static Problem missing(String field) {
        return of(400, "BAD_REQUEST", "'" + field + "' is missing", "The request lacks something.", Actor.HOST);
    }

    /** What this library threw. */
    public static Problem of(BullaException e) {
        return new Problem(
                status(e), e.code().name(), String.valueOf(e.getMessage()), e.advice(), e.isRetryable(), waitOf(e));
    }

    private static Optional<Duration> waitOf(BullaException e) {
        Optional<Duration> told = e instanceof CallRefused refused ? refused.retryAfter() : Optional.empty();
        return told.isEmpty() && status(e) == 429 ? Optional.of(Duration.ofMinutes(1)) : told;
    }

    /** The same answer to {@link #TOO_MANY}, with the time to wait in its header. */
    public static WebResponse tooMany(Duration wait, WebResponse answer) {
        return answer.header("Retry-After", seconds(wait));
    }

    private static String seconds(Duration wait) {
        return String.valueOf(Math.max(1, (wait.toMillis() + 999) / 1000));
    }

    /** Who must act. */
    public Actor actor() {
        return advice.actor();
    }

    private static int status(BullaException e) {
        return switch (e.code()) {
            case GRANT_UNKNOWN -> 401;
            case MEMBER_NOT_APPROVED, TENANT_DISABLED, POLICY_DENIED, BEYOND_GRANT, POLICY_UNREADABLE -> 403;
            case CONNECTION_UNKNOWN, NOT_CONNECTED, TOOL_UNKNOWN -> 404;
            case INVALID_SETTING,
                    INVALID_ARGUMENT,
                    RETURN_ADDRESS_REFUSED,
                    FORM_REFUSED,
                    KEY_MALFORMED,
                    KEY_WRONG,
                    POLICY_REFUSED,
                    TOOL_ARGUMENTS -> 400;
            case TOO_MANY_FLOWS, RATE_LIMITED -> 429;
            case UPSTREAM_THROTTLED -> 502;
            case UPSTREAM_TIMEOUT -> 504;
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

    /** {@code {code, message, actor, retryable, sentence, where}}, and where there is more to say {@code reason, about, page}. */
    public WebResponse toResponse() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", code);
        fields.put("message", message);
        fields.put("actor", actor().name());
        fields.put("retryable", retryable);
        fields.put("sentence", advice.sentence());
        fields.put("where", advice.place().code());
        if (!advice.code().equals(code)) {
            fields.put("reason", advice.code());
        }
        if (!advice.about().isEmpty()) {
            fields.put("about", advice.about());
        }
        advice.page().ifPresent(page -> fields.put("page", page.toString()));
        WebResponse answer = WebResponse.json(status, JsonText.of(fields));
        if (status == 401) {
            return answer.header("WWW-Authenticate", "Cookie");
        }
        return retryAfter
                .map(time -> answer.header("Retry-After", seconds(time)))
                .orElse(answer);
    }
}
