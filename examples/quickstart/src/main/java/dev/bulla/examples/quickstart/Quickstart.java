package dev.bulla.examples.quickstart;

import java.time.Clock;

/**
 * A host with connected accounts, to click through: an owner configures a service, members connect to it, use it, hold their own
 * keys. The service is a built-in demo provider, so nothing needs to be registered anywhere.
 *
 * <p>Where Bulla comes in: {@link Application} builds it and mounts its pages, {@link Visitors} tells it who is logged in, and {@link
 * HomePages} calls a service as the member. The rest is the demo service.
 */
public final class Quickstart {
    private Quickstart() {}

    public static void main(String[] args) {
        Application application = started();
        Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop"));
        System.out.printf(
                "%n  Bulla quickstart: %s (start as Olivia)%n  Its demo service: %s (everybody's password is their name: olivia,"
                        + " alice, bob)%n  Ctrl-C stops both.%n%n",
                application.address(), application.serviceAddress());
    }

    /** Says in one line why it cannot start, and ends what had begun. */
    private static Application started() {
        try {
            return Application.start(Settings.from(System.getenv()), Clock.systemUTC());
        } catch (RuntimeException e) {
            System.err.printf(
                    "%n  The quickstart cannot start: %s%n  Is something on PORT or SERVICE_PORT, or on the data already?%n%n",
                    e.getMessage());
            System.exit(1);
            throw e;
        }
    }
}
