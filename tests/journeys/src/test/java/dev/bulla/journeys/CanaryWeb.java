package dev.bulla.journeys;

import dev.bulla.web.BullaHandlers;
import dev.bulla.web.Caller;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host that answers over the handlers, and remembers what it answered. */
final class CanaryWeb implements WebHost {
    private final BullaHandlers handlers;
    private final List<WebResponse> answers = new ArrayList<>();

    CanaryWeb(World world) {
        handlers = BullaHandlers.of(world.bulla, this);
    }

    @Override
    public Optional<Caller> caller(WebRequest request) {
        return Optional.of(new Caller(World.TENANT, "alice", false));
    }

    @Override
    public boolean isTrusted(WebRequest request) {
        return true;
    }

    WebResponse send(String method, String path, String query, String cookie, Map<String, List<String>> form) {
        WebResponse answer = handlers.handle(new WebRequest(
                method, "/bulla" + path, query, Map.of("Cookie", List.of(cookie)), form, "", "127.0.0.1"));
        answers.add(answer);
        return answer;
    }

    List<WebResponse> answers() {
        return answers;
    }
}
