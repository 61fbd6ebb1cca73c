package dev.bulla.foreignservers;

import java.io.IOException;
import java.net.URI;

/** An authorization server of somebody else, running as a process of its own. */
interface ForeignServer extends AutoCloseable {
    /** Name and version. */
    String name();

    /** What it was told, in a line. */
    String settings();

    /** Issuer, where the server seems to be at {@code address}. */
    URI issuer(URI address);

    /** Path of the token endpoint. */
    String tokenPath();

    /** Path of a call that only a good access token opens. */
    String mePath();

    /**
     * Starts it and returns when it answers.
     *
     * @param port where it listens, on loopback
     * @param address where its clients see it
     * @param users who may log in, each with {@link #password}
     */
    void start(int port, URI address, int users) throws IOException, InterruptedException;

    @Override
    void close();

    static String user(int number) {
        return "user%02d".formatted(number);
    }

    static String password(String user) {
        return "password-of-" + user;
    }
}
