package dev.bulla.tool;

import java.nio.charset.StandardCharsets;

/**
 * What came of a tool call that was sent. Immutable; {@code toString} shows the status only.
 *
 * <p>What the service says of a call is an answer, whatever its status: {@link #kind} tells its kinds apart, and from refusals of this
 * library, which are exceptions.
 */
public final class ToolResult {
    private final int status;
    private final String contentType;
    private final byte[] body;
    private final AnswerKind kind;
    private final String entry;

    private ToolResult(int status, String contentType, byte[] body, AnswerKind kind, String entry) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
        this.kind = kind;
        this.entry = entry;
    }

    /** An answer over HTTP. */
    public static ToolResult of(int status, String contentType, byte[] body) {
        return new ToolResult(status, contentType, body.clone(), AnswerKind.of(status), "");
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
    public ToolResult as(AnswerKind value) {
        return new ToolResult(status, contentType, body, value, entry);
    }

    /** The same answer, with the id of its entry in the audit. */
    public ToolResult writtenAs(String id) {
        return new ToolResult(status, contentType, body, kind, id);
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

    /** What kind of answer it is. */
    public AnswerKind kind() {
        return kind;
    }

    /** Id of the audit's entry of this call, to be told to whoever asks what became of it; empty without an audit. */
    public String entry() {
        return entry;
    }

    @Override
    public String toString() {
        return "ToolResult[" + status + ", " + kind + "]";
    }
}
