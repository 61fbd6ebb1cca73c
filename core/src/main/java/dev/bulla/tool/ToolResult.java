package dev.bulla.tool;

import java.nio.charset.StandardCharsets;

/**
 * What came of a tool call that was sent. Immutable; {@code toString} shows the status only.
 *
 * <p>What the service says of a call is an answer, whatever its status: {@link #outcome} tells its kinds apart, and from refusals of this
 * library, which are exceptions.
 */
public final class ToolResult {
    /** What kind of answer it is. */
    public enum Outcome {
        /** As asked for (2xx, 304). */
        DONE,
        /** Another 3xx, which is not followed. */
        ELSEWHERE,
        /** The service does not accept the credential, in spite of a refresh (401). */
        UNAUTHORIZED,
        /** The service does not allow this to the account (403). */
        FORBIDDEN,
        /** The service wants a pause (429). */
        THROTTLED,
        /** The service refuses the request as it is (another 4xx). */
        REFUSED,
        /** The service failed (5xx). */
        FAILED
    }

    private final int status;
    private final String contentType;
    private final byte[] body;
    private final Outcome outcome;

    private ToolResult(int status, String contentType, byte[] body, Outcome outcome) {
        this.status = status;
        this.contentType = contentType;
        this.body = body.clone();
        this.outcome = outcome;
    }

    /** An answer over HTTP. */
    public static ToolResult of(int status, String contentType, byte[] body) {
        return new ToolResult(status, contentType, body, outcome(status));
    }

    /** Done, with this JSON. */
    public static ToolResult json(String json) {
        return of(200, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Done, with this text. */
    public static ToolResult text(String text) {
        return of(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same answer, of another kind than its status says: where a service reports errors in a success. */
    public ToolResult as(Outcome value) {
        return new ToolResult(status, contentType, body, value);
    }

    private static Outcome outcome(int status) {
        return switch (status) {
            case 401 -> Outcome.UNAUTHORIZED;
            case 403 -> Outcome.FORBIDDEN;
            case 304 -> Outcome.DONE;
            case 429 -> Outcome.THROTTLED;
            default ->
                status >= 500
                        ? Outcome.FAILED
                        : status >= 400 ? Outcome.REFUSED : status >= 300 ? Outcome.ELSEWHERE : Outcome.DONE;
        };
    }

    public int status() {
        return status;
    }

    /** As the service says it; empty where it says none. */
    public String contentType() {
        return contentType;
    }

    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public Outcome outcome() {
        return outcome;
    }

    @Override
    public String toString() {
        return "ToolResult[" + status + ", " + outcome + "]";
    }
}
