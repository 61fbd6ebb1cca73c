package dev.bulla.testkit.service;

import java.time.Duration;

/**
 * One thing that goes wrong at the token endpoint. A value; order it with {@link Misfortunes#next} or {@link Misfortunes#always}.
 */
public final class Misfortune {
    private enum Kind {
        LOST_REQUEST(true),
        FAILS_BEFORE(true),
        BUSY(true),
        REFUSES(true),
        LOST_ANSWER(false),
        FAILS_AFTER(false),
        SLOW(false),
        CUT_BODY(false),
        WITHOUT_REFRESH_TOKEN(false),
        ANSWERS(false);

        private final boolean before;

        Kind(boolean before) {
            this.before = before;
        }
    }

    private final Kind kind;
    private final int status;
    private final Duration time;
    private final String text;

    private Misfortune(Kind kind, int status, Duration time, String text) {
        this.kind = kind;
        this.status = status;
        this.time = time;
        this.text = text;
    }

    private static Misfortune of(Kind kind) {
        return new Misfortune(kind, 0, Duration.ZERO, "");
    }

    /** The request is never looked at and the connection closes: nothing has changed, but the sender cannot know. */
    public static Misfortune lostRequest() {
        return of(Kind.LOST_REQUEST);
    }

    /** The request is carried out and the connection closes without an answer. */
    public static Misfortune lostAnswer() {
        return of(Kind.LOST_ANSWER);
    }

    /** An error status instead of any work. */
    public static Misfortune failsBefore(int status) {
        return new Misfortune(Kind.FAILS_BEFORE, status, Duration.ZERO, "");
    }

    /** The request is carried out, but answered with an error status. */
    public static Misfortune failsAfter(int status) {
        return new Misfortune(Kind.FAILS_AFTER, status, Duration.ZERO, "");
    }

    /** Status 429 or 503 with {@code Retry-After} in seconds, and no work done. */
    public static Misfortune busy(int status, Duration retryAfter) {
        return new Misfortune(Kind.BUSY, status, retryAfter, "");
    }

    /** Status 400 (401 for {@code invalid_client}) with this error code of RFC 6749 section 5.2, and no work done. */
    public static Misfortune refuses(String error) {
        return new Misfortune(Kind.REFUSES, "invalid_client".equals(error) ? 401 : 400, Duration.ZERO, error);
    }

    /** The request is carried out and the answer held back, in real time whatever the clock of the service says. */
    public static Misfortune slow(Duration delay) {
        return new Misfortune(Kind.SLOW, 0, delay, "");
    }

    /** The request is carried out; half of the body arrives, then the connection closes. */
    public static Misfortune cutBody() {
        return of(Kind.CUT_BODY);
    }

    /** The request is carried out, and the answer keeps the refresh token to itself. */
    public static Misfortune withoutRefreshToken() {
        return of(Kind.WITHOUT_REFRESH_TOKEN);
    }

    /** The request is carried out, and answered with this body under the usual status. */
    public static Misfortune answers(String body) {
        return new Misfortune(Kind.ANSWERS, 0, Duration.ZERO, body);
    }

    /** Whether it strikes before the request is carried out. */
    boolean before() {
        return kind.before;
    }

    /** What is answered instead of any work. */
    Reply instead() {
        return switch (kind) {
            case LOST_REQUEST -> Reply.error(500, "server_error").with(Reply.Fate.LOST);
            case FAILS_BEFORE -> Reply.error(status, "server_error");
            case BUSY ->
                Reply.error(status, "temporarily_unavailable").header("Retry-After", Long.toString(time.toSeconds()));
            case REFUSES -> Reply.error(status, text);
            default -> throw new IllegalStateException(kind.name());
        };
    }

    /** What becomes of the answer of work that was done. */
    Reply struck(Reply reply) {
        return switch (kind) {
            case LOST_ANSWER -> reply.with(Reply.Fate.LOST);
            case FAILS_AFTER -> Reply.error(status, "server_error");
            case SLOW -> reply.after(time);
            case CUT_BODY -> reply.with(Reply.Fate.CUT);
            case WITHOUT_REFRESH_TOKEN ->
                reply.shaped(fields -> {
                    fields.remove("refresh_token");
                    return fields;
                });
            case ANSWERS -> reply.body(text);
            default -> throw new IllegalStateException(kind.name());
        };
    }

    @Override
    public String toString() {
        return kind.name();
    }
}
