package dev.bulla.store;

/** Buckets from which calls are taken, for all nodes together. See {@link Store} for the rules of every verb. */
public interface BucketStore {
    /**
     * Takes one out of a bucket, where there is one. A bucket that is not there is full. There is no attempt id: repeated after it was
     * done, it takes another one.
     *
     * @param bucket its name within the tenant, of at most {@link Limits#ID} characters
     * @param burst how many it holds; at least 1
     * @param everyMillis after what time it holds one more; at least 1
     * @return 0 where one was taken; else in how many milliseconds there will be one
     */
    long take(String tenant, String bucket, int burst, long everyMillis);
}
