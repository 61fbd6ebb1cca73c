package dev.bulla.journeys;

import dev.bulla.web.Caller;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import java.util.Map;
import java.util.Optional;

/** A host at which nobody is logged in. */
final class NobodyHost implements WebHost {
    static WebRequest get(String path) {
        return new WebRequest("GET", path, "", Map.of(), Map.of(), "", "192.0.2.1");
    }

    @Override
    public Optional<Caller> caller(WebRequest request) {
        return Optional.empty();
    }

    @Override
    public boolean isTrusted(WebRequest request) {
        return false;
    }
}
