package dev.bulla.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
    @Test
    void callsInATimeComeEvenlyAfterTheFirst() {
        assertThat(Rate.of(3, Duration.ofMinutes(1))).isEqualTo(new Rate(3, Duration.ofSeconds(20)));
    }

    @Test
    void whatIsNoRateIsRefused() {
        for (int calls : new int[] {0, -1}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Rate.of(calls, Duration.ofMinutes(1)));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Rate.of(2_000, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ofSeconds(Long.MAX_VALUE)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, Duration.ofDays(-1)));
    }
}
