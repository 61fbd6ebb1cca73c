package dev.bulla.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.error.BullaException;
import dev.bulla.error.CallRefused;
import dev.bulla.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
    private static List<String> retryAfter(BullaException e) {
        return Problem.of(e).toResponse().headers().getOrDefault("Retry-After", List.of());
    }

    private static CallRefused until(ErrorCode code, Duration wait) {
        return CallRefused.until(code, "github", wait, "later");
    }

    @Test
    void saysHowLongToWaitWhereThatIsKnown() {
        assertThat(retryAfter(until(ErrorCode.RATE_LIMITED, Duration.ofMillis(1_200))))
                .containsExactly("2");
        assertThat(retryAfter(until(ErrorCode.UPSTREAM_THROTTLED, Duration.ofSeconds(90))))
                .containsExactly("90");
        assertThat(retryAfter(new BullaException(ErrorCode.TOO_MANY_FLOWS, "too many")))
                .containsExactly("60");
        assertThat(retryAfter(CallRefused.of(ErrorCode.POLICY_DENIED, "github", "no")))
                .isEmpty();
    }
}
