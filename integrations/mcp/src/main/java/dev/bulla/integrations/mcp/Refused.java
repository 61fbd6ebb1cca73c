package dev.bulla.integrations.mcp;

import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request that gets an error for an answer: the HTTP status, the JSON-RPC code, and a message that holds nothing secret. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;
    final int code;
    /** For {@code WWW-Authenticate}, or null. */
    final @Nullable String challenge;

    final transient @Nullable Duration wait;

    Refused(int status, int code, String message) {
        this(status, code, message, null, null);
    }

    private Refused(int status, int code, String message, @Nullable String challenge, @Nullable Duration wait) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.challenge = challenge;
        this.wait = wait;
    }

    static Refused until(int status, int code, String message, @Nullable Duration wait) {
        return new Refused(status, code, message, null, wait);
    }

    static Refused failed() {
        return new Refused(500, ErrorCodes.INTERNAL_ERROR, "something went wrong on this side");
    }

    /** Nobody said who is asking. */
    static Refused anonymous() {
        return new Refused(
                401,
                ErrorCodes.INVALID_REQUEST,
                "a member key or a grant is needed as bearer token",
                "Bearer realm=\"mcp\"",
                null);
    }

    /** Somebody is asking whom nobody knows. */
    static Refused unknown(String message) {
        return new Refused(
                401,
                ErrorCodes.INVALID_REQUEST,
                message,
                "Bearer realm=\"mcp\", error=\"invalid_token\", error_description=\"" + message.replace('"', '\'')
                        + "\"",
                null);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
