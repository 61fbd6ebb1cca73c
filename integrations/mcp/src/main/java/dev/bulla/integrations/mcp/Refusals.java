package dev.bulla.integrations.mcp;

import dev.bulla.error.BullaException;
import dev.bulla.error.CallFailed;
import dev.bulla.error.CallRefused;
import dev.bulla.error.CredentialUnavailable;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import java.time.Duration;
import java.util.Optional;

/** What an error of the library is over MCP. */
final class Refusals {
    private Refusals() {}

    /** Who is asking is not known, or no more. */
    static boolean isOfBearer(BullaException e) {
        return switch (e.code()) {
            case KEY_MALFORMED, KEY_WRONG, GRANT_UNKNOWN -> true;
            default -> false;
        };
    }

    /** @param service the service's name in the tool's name, for people */
    static Refused of(BullaException e, String tenant, String tool, String service) {
        if (isOfBearer(e)) {
            return Refused.unknown(String.valueOf(e.getMessage()));
        }
        return switch (e.code()) {
            case POLICY_DENIED, BEYOND_GRANT, POLICY_UNREADABLE ->
                new Refused(200, ErrorCodes.INVALID_REQUEST, denied(e, tenant, tool));
            case HOST_NOT_ALLOWED, INVALID_ARGUMENT ->
                new Refused(
                        200,
                        ErrorCodes.INVALID_REQUEST,
                        "'" + tool + "' can not be called in '" + tenant + "': " + e.getMessage());
            case NOT_ENABLED ->
                new Refused(
                        200,
                        ErrorCodes.INVALID_REQUEST,
                        "'" + service + "' is switched off in '" + tenant + "', so '" + tool + "' can not be called");
            case TOOL_UNKNOWN, CONNECTION_UNKNOWN ->
                new Refused(200, ErrorCodes.METHOD_NOT_FOUND, "there is no tool '" + tool + "' in '" + tenant + "'");
            case MEMBER_NOT_APPROVED, TENANT_DISABLED ->
                new Refused(403, ErrorCodes.INVALID_REQUEST, e.advice().sentence());
            case RATE_LIMITED ->
                Refused.until(
                        429, ErrorCodes.INVALID_REQUEST, e.advice().sentence(), wait(e).orElse(Duration.ofSeconds(1)));
            case UPSTREAM_THROTTLED ->
                Refused.until(
                        502, ErrorCodes.INTERNAL_ERROR, "'" + service + "' asks for a pause", wait(e).orElse(null));
            case UPSTREAM_TIMEOUT, REFRESH_TIMEOUT ->
                new Refused(504, ErrorCodes.INTERNAL_ERROR, "'" + service + "' took too long to answer");
            case OUTCOME_UNKNOWN ->
                new Refused(
                        e instanceof CallFailed ? 504 : 502,
                        ErrorCodes.INTERNAL_ERROR,
                        "'" + service
                                + "' gave no answer: nobody knows whether this was done, so look before it is done again");
            case PROVIDER_UNAVAILABLE ->
                new Refused(502, ErrorCodes.INTERNAL_ERROR, "'" + service + "' was not reached");
            case ANSWER_REFUSED ->
                new Refused(502, ErrorCodes.INTERNAL_ERROR, "'" + service + "' gave an answer that is none");
            case SESSION_CLOSED ->
                new Refused(
                        503,
                        ErrorCodes.INTERNAL_ERROR,
                        "the session ended meanwhile: look what was done before it is done again");
            case STORE_UNAVAILABLE, AUDIT_UNAVAILABLE, CLOSED ->
                new Refused(503, ErrorCodes.INTERNAL_ERROR, e.advice().sentence());
            default -> other(e, service);
        };
    }

    private static Refused other(BullaException e, String service) {
        boolean credential = e instanceof CredentialUnavailable
                || switch (e.code()) {
                    case NOT_CONNECTED, RECONNECT_REQUIRED, SELECTION_PENDING, KEY_REQUIRED, GRANT_REFUSED -> true;
                    default -> false;
                };
        return credential
                ? new Refused(
                        412,
                        ErrorCodes.INTERNAL_ERROR,
                        "No " + service + " credentials configured: "
                                + e.advice().sentence())
                : new Refused(500, ErrorCodes.INTERNAL_ERROR, e.advice().sentence());
    }

    private static Optional<Duration> wait(BullaException e) {
        return e instanceof CallRefused refused ? refused.retryAfter() : Optional.empty();
    }

    private static String denied(BullaException e, String tenant, String tool) {
        String why = e instanceof CallRefused refused && !refused.denyMessage().isEmpty()
                ? refused.denyMessage()
                : String.valueOf(e.getMessage());
        return "'" + tool + "' is denied in '" + tenant + "': " + why;
    }
}
