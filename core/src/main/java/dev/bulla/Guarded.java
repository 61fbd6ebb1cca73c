package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.store.StoreException;
import java.util.function.Supplier;

/** The one place where trouble of a store becomes an error of this library. */
final class Guarded {
    private Guarded() {}

    static <T> T call(Supplier<T> work) {
        try {
            return work.get();
        } catch (StoreException e) {
            throw e.isRetryable()
                    ? new BullaException(ErrorCode.STORE_UNAVAILABLE, "the database is away, slow or contended")
                    : new BullaException(ErrorCode.SETUP, String.valueOf(e.getMessage()));
        }
    }

    static void run(Runnable work) {
        call(() -> {
            work.run();
            return Boolean.TRUE;
        });
    }
}
