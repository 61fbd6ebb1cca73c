package dev.bulla.integrations.springboot;

import dev.bulla.Bulla;
import java.net.URI;

/** Where Bulla stands in the application. */
final class Base {
    private Base() {}

    static String checked(BullaProperties properties) {
        String base = properties.baseUri();
        if (base == null) {
            throw new SetupMissing("Bulla does not know the address under which browsers reach it.", """
                    Write it as browsers see it, and never change it, because services are told to send browsers there:

                        bulla.base-uri=https://app.example.com/bulla

                    On your own machine: bulla.base-uri=http://localhost:8080/bulla""");
        }
        return base;
    }

    /** The path within the application. */
    static String path(Bulla bulla, String contextPath) {
        URI base = bulla.baseUri();
        String path = base.getPath();
        if (path.isEmpty() || !path.startsWith(contextPath + "/")) {
            throw new SetupMissing(
                    "The path of bulla.base-uri, " + base + ", does not lie below this application"
                            + (contextPath.isEmpty() ? "." : ", which stands at " + contextPath + "."),
                    "Give it a path of its own, such as "
                            + base.resolve(contextPath + "/bulla") + ". Behind a proxy that takes a prefix away, let it"
                            + " send X-Forwarded-Prefix, and set server.forward-headers-strategy=framework and"
                            + " server.servlet.context-path to the prefix, or mount a BullaMapping of your own.");
        }
        return path.substring(contextPath.length());
    }
}
