package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.store.BucketStore;
import dev.bulla.store.Limits;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

interface BucketPromises extends OnBench {
    /** Long enough that no test takes as long. */
    long EVERY = 3_600_000;

    private BucketStore buckets() {
        return bench().store.buckets();
    }

    private long take(String bucket) {
        return buckets().take(bench().tenant, bucket, 3, EVERY);
    }

    @Test
    default void bucketHoldsItsBurst() {
        String bucket = id();
        for (int i = 0; i < 3; i++) {
            assertThat(take(bucket)).isZero();
        }
        assertThat(take(bucket)).isBetween(EVERY - 60_000, EVERY);
    }

    @Test
    default void bucketFillsAgain() {
        String bucket = id();
        for (int i = 0; i < 3; i++) {
            take(bucket);
        }
        bench().advance(EVERY);
        assertThat(take(bucket)).isZero();
        assertThat(take(bucket)).isPositive();
        bench().advance(10 * EVERY);
        for (int i = 0; i < 3; i++) {
            assertThat(take(bucket)).isZero();
        }
        assertThat(take(bucket)).isPositive();
    }

    @Test
    default void refusedTakeTakesNothing() {
        String bucket = id();
        for (int i = 0; i < 20; i++) {
            take(bucket);
        }
        bench().advance(EVERY);
        assertThat(take(bucket)).isZero();
    }

    @Test
    default void bucketsAndTenantsAreApart() {
        String bucket = id();
        for (int i = 0; i < 4; i++) {
            take(bucket);
        }
        assertThat(take(id())).isZero();
        assertThat(buckets().take(bench().tenant + "-other", bucket, 3, EVERY)).isZero();
    }

    @Test
    default void bucketFromTheFutureIsForgiven() {
        String bucket = id();
        buckets().take(bench().tenant, bucket, 1_000, EVERY);
        for (int i = 0; i < 20; i++) {
            buckets().take(bench().tenant, bucket, 1_000, EVERY);
        }
        assertThat(take(bucket)).isZero();
    }

    @Test
    default void manyAtOnceGetNoMoreThanThereIs() throws Exception {
        String bucket = id();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Long> one = () -> take(bucket);
            List<Future<Long>> all = threads.invokeAll(Collections.nCopies(8, one));
            int taken = 0;
            for (Future<Long> answer : all) {
                taken += answer.get() == 0 ? 1 : 0;
            }
            assertThat(taken).isEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void onlyFullBucketsArePurged() {
        String spent = id();
        for (int i = 0; i < 3; i++) {
            take(spent);
        }
        buckets().take(bench().tenant, id(), 3, 1);
        bench().advance(1_000);
        assertThat(bench().store.upkeep().purgeBuckets(10_000)).isPositive();
        assertThat(take(spent)).isPositive();
    }

    @Test
    default void longNameOfABucketIsRefused() {
        assertThatThrownBy(() -> take("x".repeat(Limits.ID + 1))).isInstanceOf(IllegalArgumentException.class);
    }
}
