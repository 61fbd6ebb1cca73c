package dev.bulla.benchmarks;

import java.time.Instant;

/** Another library that keeps tokens in a database, set up as well as it can be. Thread-safe. */
interface Peer {
    /** Makes its tables anew. */
    void install();

    void store(String user, String access, String refresh, Instant expires);

    /** A token that may be used now: read from the database, refreshed where that is due. */
    String token(String user);
}
