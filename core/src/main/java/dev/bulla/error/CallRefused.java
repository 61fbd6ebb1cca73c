package dev.bulla.error;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call was not let through: it reached no service. {@link #code()} says which step refused it, and what is known of the call says why
 * this one.
 */
public final class CallRefused extends BullaException {
    private static final long serialVersionUID = 1L;

    private final String connection;
    private final String tool;
    private final String denyMessage;
    private final transient @Nullable Duration wait;

    private CallRefused(
            ErrorCode code,
            String connection,
            String tool,
            String denyMessage,
            @Nullable Duration wait,
            List<String> about,
            String message) {
        super(code, message, code.advice().about(about));
        this.connection = connection;
        this.tool = tool;
        this.denyMessage = denyMessage;
        this.wait = wait;
    }

    /** Refused as it is, whenever it comes. */
    public static CallRefused of(ErrorCode code, String connection, String message) {
        return new CallRefused(code, connection, "", "", null, List.of(connection), message);
    }

    /**
     * Refused by a policy.
     *
     * @param tool its name without that of the service, or the empty string for a call that is no tool's
     * @param denyMessage what the owner wants said, or the empty string
     */
    public static CallRefused denied(String connection, String tool, String denyMessage) {
        return new CallRefused(
                ErrorCode.POLICY_DENIED,
                connection,
                tool,
                denyMessage,
                null,
                List.of(connection, tool, denyMessage).stream()
                        .filter(text -> !text.isEmpty())
                        .toList(),
                "the policies of '" + connection + "' do not allow "
                        + (tool.isEmpty() ? "this call" : "'" + tool + "'"));
    }

    /** Refused until a time is over. */
    public static CallRefused until(ErrorCode code, String connection, Duration wait, String message) {
        long seconds = Math.max(1, (wait.toMillis() + 999) / 1000);
        return new CallRefused(code, connection, "", "", wait, List.of(seconds + " s"), message);
    }

    /** The connection's name. */
    public String connection() {
        return connection;
    }

    /** The tool, without the name of the service; the empty string where the call was no tool's. */
    public String tool() {
        return tool;
    }

    /** What the owner wants said to whoever is refused, in the owner's own words; the empty string where nothing. */
    public String denyMessage() {
        return denyMessage;
    }

    /** After what time the same call may be let through. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(wait);
    }
}
