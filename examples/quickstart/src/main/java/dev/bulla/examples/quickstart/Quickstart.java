package dev.bulla.examples.quickstart;

import java.time.Clock;

/**
 * A host with connected accounts, to click through: an owner configures a service, members connect to it, use it, hold their own
 * keys. The service is a built-in demo provider, so nothing needs to be registered anywhere.
 *
 * <p>Where Bulla comes in: {@link Application} builds it, {@link OwnerPages}, {@link AccountPages} and {@link KeyPages} call it, and
 * {@link Visitors} tells it who is logged in. The rest is a small web application.
 */
public final class Quickstart {
    private Quickstart() {}

    public static void main(String[] args) {
        Application application = Application.start(Settings.from(System.getenv()), Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(application::close, "stop"));
        System.out.printf(
                "%n  Bulla quickstart: %s%n  Its demo service: %s%n  Ctrl-C stops both.%n%n",
                application.address(), application.serviceAddress());
    }
}
