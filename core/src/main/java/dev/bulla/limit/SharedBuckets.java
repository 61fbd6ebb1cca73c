package dev.bulla.limit;

import dev.bulla.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** In the store, under a digest of their names, by database time. Sweeps delete the full ones. */
final class SharedBuckets implements Buckets {
    private final Store store;

    SharedBuckets(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Duration> take(String tenant, String bucket, Rate rate) {
        long wait = store.buckets()
                .take(tenant, digest(bucket), rate.burst(), rate.every().toMillis());
        return wait > 0 ? Optional.of(Duration.ofMillis(wait)) : Optional.empty();
    }

    private static String digest(String bucket) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bucket.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
