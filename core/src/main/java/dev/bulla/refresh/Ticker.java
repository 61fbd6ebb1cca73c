package dev.bulla.refresh;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** The monotonic time of this JVM, which no clock setting moves, and the two ways to let it pass. Thread-safe. */
interface Ticker {
    /** The time of the machine. */
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void park(long nanos) {
            LockSupport.parkNanos(nanos);
        }

        @Override
        public <T> T get(CompletableFuture<T> future, long nanos)
                throws InterruptedException, ExecutionException, TimeoutException {
            return future.get(nanos, TimeUnit.NANOSECONDS);
        }
    };

    /** Nanoseconds since some moment; only differences mean something. */
    long nanos();

    /** Waits about so long, or less. */
    void park(long nanos);

    /** Waits for what comes, at most so long. */
    <T> T get(CompletableFuture<T> future, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException;
}
