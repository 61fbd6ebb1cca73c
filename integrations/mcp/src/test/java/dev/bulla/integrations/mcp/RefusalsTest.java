package dev.bulla.integrations.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The HTTP status of each error of the library. */
class RefusalsTest {
    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyErrorHasAnAnswer(ErrorCode code) {
        Refused refused = Refusals.of(new BullaException(code, "for developers"), "acme", "notes__x", "notes");

        assertThat(refused.text()).isNotBlank();
        int status = switch (code) {
            case POLICY_DENIED,
                    BEYOND_GRANT,
                    POLICY_UNREADABLE,
                    NOT_ENABLED,
                    TOOL_UNKNOWN,
                    CONNECTION_UNKNOWN,
                    HOST_NOT_ALLOWED,
                    INVALID_ARGUMENT -> 200;
            case KEY_MALFORMED, KEY_WRONG, GRANT_UNKNOWN -> 401;
            case MEMBER_NOT_APPROVED, TENANT_DISABLED -> 403;
            case NOT_CONNECTED, RECONNECT_REQUIRED, SELECTION_PENDING, KEY_REQUIRED, GRANT_REFUSED -> 412;
            case RATE_LIMITED -> 429;
            case UPSTREAM_THROTTLED, PROVIDER_UNAVAILABLE, ANSWER_REFUSED, OUTCOME_UNKNOWN -> 502;
            case SESSION_CLOSED, STORE_UNAVAILABLE, AUDIT_UNAVAILABLE, CLOSED -> 503;
            case UPSTREAM_TIMEOUT, REFRESH_TIMEOUT -> 504;
            default -> 500;
        };
        assertThat(refused.status).isEqualTo(status);
    }
}
