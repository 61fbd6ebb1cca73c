package dev.bulla.testkit.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Runs something in many threads that start at one moment. */
final class Race {
    private Race() {}

    /** What each runner answered, in the order of their numbers; the first exception of a runner is thrown. */
    static <T> List<T> of(int runners, IntFunction<T> runner) {
        ExecutorService pool = Executors.newFixedThreadPool(runners);
        CyclicBarrier start = new CyclicBarrier(runners);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < runners; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    start.await();
                    return runner.apply(number);
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> future : futures) {
                answers.add(future.get(60, TimeUnit.SECONDS));
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("The race was interrupted.", e);
        } catch (ExecutionException e) {
            throw new AssertionError("A runner failed.", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("A runner did not come home.", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
