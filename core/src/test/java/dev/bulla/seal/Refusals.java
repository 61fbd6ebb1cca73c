package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts that something fails with one stable code, and without a cause that could carry foreign text. */
final class Refusals {
    private static final String TEXT = Refusal.record().getMessage();

    private Refusals() {}

    static void assertCode(ThrowingCallable call, ErrorCode code) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(BullaException.class).hasNoCause();
        assertThat(((BullaException) thrown).code()).isEqualTo(code);
    }

    /** One error for everything, whatever the reason. */
    static void assertRefused(ThrowingCallable call) {
        assertCode(call, ErrorCode.RECORD_REFUSED);
        assertThat(catchThrowable(call)).hasMessage(TEXT);
    }
}
