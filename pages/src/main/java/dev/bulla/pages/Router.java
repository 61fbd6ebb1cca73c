package dev.bulla.pages;

import dev.bulla.error.BullaException;
import dev.bulla.web.Caller;
import dev.bulla.web.Limits;
import dev.bulla.web.Problem;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the page for a request: first who is asking, then whether there is such a page for them, and for every POST whether one of this
 * host's pages sent it. Owners' pages look to everybody else as if there were none. Filled once, then thread-safe.
 */
final class Router {
    /** Who may see a page. */
    enum For {
        MEMBER,
        OWNER
    }

    /** Answers a request. */
    @FunctionalInterface
    interface Page {
        WebResponse answer(Visit visit);
    }

    private record Route(For whom, Limits.Action action, Page page) {}

    private final Site site;
    private final Map<String, Map<String, Route>> routes = new HashMap<>();

    Router(Site site) {
        this.site = site;
    }

    void get(String path, For whom, Page page) {
        routes.computeIfAbsent(path, key -> new HashMap<>()).put("GET", new Route(whom, Limits.Action.OTHER, page));
    }

    void post(String path, For whom, Page page) {
        post(path, whom, Limits.Action.OTHER, page);
    }

    /** @param action what sending the form counts as */
    void post(String path, For whom, Limits.Action action, Page page) {
        routes.computeIfAbsent(path, key -> new HashMap<>()).put("POST", new Route(whom, action, page));
    }

    /** Whether there is a page at a path below the base path. */
    boolean shows(String path) {
        return routes.getOrDefault(path, Map.of()).containsKey("GET");
    }

    /** @param path below the base path */
    WebResponse answer(WebRequest request, String path) {
        Optional<Caller> caller = site.host().caller(request);
        if (caller.isEmpty()) {
            return Refusals.loginRequired(site, request);
        }
        Map<String, Route> methods = routes.getOrDefault(path, Map.of());
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        Route route = methods.get(method);
        boolean hidden =
                !caller.get().owner() && methods.values().stream().allMatch(known -> known.whom() == For.OWNER);
        if (methods.isEmpty() || hidden) {
            return Refusals.of(site, request, caller, 404, "NOT_FOUND");
        }
        if (route == null) {
            return Refusals.of(site, request, caller, 405, "METHOD_NOT_ALLOWED")
                    .header("Allow", String.join(", ", new TreeSet<>(methods.keySet())));
        }
        if (!method.equals("GET") && !site.host().isTrusted(request)) {
            return Refusals.of(site, request, caller, 403, "FORM_NOT_TRUSTED");
        }
        Optional<Duration> wait = wait(route, request, caller);
        if (wait.isPresent()) {
            return Problem.tooMany(wait.get(), Refusals.of(site, request, caller, 429, "TOO_MANY_REQUESTS"));
        }
        try {
            return route.page().answer(new Visit(request, caller.get(), site));
        } catch (BullaException e) {
            return Refusals.of(site, request, caller, e);
        }
    }

    /** A key in the form counts by itself. */
    private Optional<Duration> wait(Route route, WebRequest request, Optional<Caller> caller) {
        Limits limits = site.options().limits();
        Optional<Duration> wait = limits.take(route.action(), request, caller);
        boolean unlocks = !request.field("key").orElse("").isBlank();
        return wait.isEmpty() && unlocks ? limits.take(Limits.Action.UNLOCK, request, caller) : wait;
    }
}
