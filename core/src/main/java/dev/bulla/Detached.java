package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Work that runs on the library's threads, so that it does not end with its caller. */
final class Detached {
    private Detached() {}

    /** @throws BullaException {@code CLOSED} where the library is closed, or the caller is interrupted: the work goes on then */
    static <T> T call(Wiring wiring, Supplier<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        try {
            wiring.running().refuseClosed();
            wiring.workers().execute(() -> {
                try {
                    future.complete(Guarded.call(work));
                } catch (Throwable e) {
                    future.completeExceptionally(e);
                }
            });
            return future.get();
        } catch (RejectedExecutionException e) {
            throw new BullaException(ErrorCode.CLOSED, "the library is closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BullaException(ErrorCode.CLOSED, "interrupted while waiting; the work goes on");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("the work ended with "
                    + (e.getCause() == null
                            ? "nothing"
                            : e.getCause().getClass().getName()));
        }
    }
}
