package dev.bulla.web;

import dev.bulla.Bulla;
import dev.bulla.error.BullaException;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Cookie;
import dev.bulla.model.Landing;
import dev.bulla.webhook.WebhookDelivery;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a host routes, below the path of its base URI:
 *
 * <pre>
 * GET .../callback/{id}   what a service sends a browser back with: 303 to the return address
 *     .../hooks/{id}      what a service sends by itself, up to 1 MiB; it has no login, and proves itself
 * GET .../client/{id}     who the host is as a client, for authorization servers that read it: public, and made of the address alone
 *     .../api/...         JSON in, JSON out: see {@link #routes()} and {@link #openApi()}
 * </pre>
 *
 * Nothing else answers without a login. Nothing secret comes out, but for a member's new key or grant, once, to the member. Refusals are {@link
 * Problem}s; what does not exist and what belongs to somebody else look alike. A member's key comes in a body, as {@code key}, where a
 * request needs it; it is used for that request and forgotten. Thread-safe, and without state but for the limits.
 */
public final class BullaHandlers implements WebHandler {
    private static final long DOCUMENT_LIFE = Duration.ofHours(1).toSeconds();

    private static final List<Endpoint> API = Stream.of(
                    ConnectRoutes.ALL,
                    FormRoutes.ALL,
                    ChoiceRoutes.ALL,
                    KeyRoutes.ALL,
                    ExplainRoutes.ALL,
                    ProviderRoutes.ALL,
                    OwnerRoutes.ALL,
                    PolicyRoutes.ALL,
                    GrantRoutes.ALL,
                    ToolRoutes.ALL,
                    EntityRoutes.ALL,
                    AuditRoutes.ALL,
                    WebhookRoutes.ALL)
            .flatMap(Collection::stream)
            .toList();

    private final Bulla bulla;
    private final WebHost host;
    private final Limits limits;
    private final String mount;

    private BullaHandlers(Bulla bulla, WebHost host, Limits limits) {
        this.bulla = bulla;
        this.host = host;
        this.limits = limits;
        String path = bulla.baseUri().getPath();
        this.mount = (path == null ? "" : path) + "/";
    }

    /** With {@link Limits#standard()}. */
    public static BullaHandlers of(Bulla bulla, WebHost host) {
        return of(bulla, host, Limits.standard());
    }

    public static BullaHandlers of(Bulla bulla, WebHost host, Limits limits) {
        return new BullaHandlers(bulla, host, limits);
    }

    /** The addresses of the JSON API. */
    public static List<Route> routes() {
        return API.stream().map(Endpoint::route).toList();
    }

    /** The description of the JSON API: OpenAPI 3.1, as JSON, for a host to serve or to make clients of. */
    public static String openApi() {
        try (InputStream document = BullaHandlers.class.getResourceAsStream("openapi.json")) {
            if (document == null) {
                throw new IOException("the document is not there");
            }
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public WebResponse handle(WebRequest request) {
        String path = request.path();
        if (path.startsWith(mount + "hooks/") && path.indexOf('/', mount.length() + 6) < 0) {
            return hook(request, path.substring(mount.length() + 6));
        }
        if (request.isLong()) {
            return host.refused(request, Problem.TOO_LARGE);
        }
        if (path.startsWith(mount + "api/")) {
            return api(request, List.of(path.substring(mount.length() + 4).split("/", -1)));
        }
        if (path.startsWith(mount + "callback/") && path.indexOf('/', mount.length() + 9) < 0) {
            return callback(request);
        }
        if (path.startsWith(mount + "client/")) {
            return client(request, path.substring(mount.length() + 7));
        }
        return host.refused(request, Problem.NOT_FOUND);
    }

    /** For authorization servers: the one answer that needs no login, and says nothing that is not in the address. */
    private WebResponse client(WebRequest request, String id) {
        if (!request.method().equals("GET")) {
            return refusedMethod(request, "GET");
        }
        return bulla.clientDocument(id)
                .map(document ->
                        WebResponse.json(200, document).header("Cache-Control", "public, max-age=" + DOCUMENT_LIFE))
                .orElseGet(() -> host.refused(request, Problem.NOT_FOUND));
    }

    private WebResponse api(WebRequest request, List<String> path) {
        Map<Endpoint, Map<String, String>> here = new LinkedHashMap<>();
        API.forEach(endpoint -> endpoint.match(path).ifPresent(variables -> here.put(endpoint, variables)));
        Optional<Endpoint> endpoint = here.keySet().stream()
                .filter(known -> known.route().method().equals(request.method()))
                .findFirst();
        Optional<Caller> caller = host.caller(request);
        Optional<Duration> wait =
                limits.take(endpoint.map(Endpoint::action).orElse(Limits.Action.OTHER), request, caller);
        if (wait.isPresent()) {
            return tooMany(request, wait.get());
        }
        if (caller.isEmpty()) {
            return host.refused(request, Problem.LOGIN_REQUIRED);
        }
        if (endpoint.isEmpty()) {
            return notHere(request, here.keySet());
        }
        Route route = endpoint.get().route();
        if (!route.safe() && !host.isTrusted(request)) {
            return host.refused(request, Problem.NOT_TRUSTED);
        }
        if (route.owner() && !caller.get().owner()) {
            return host.refused(request, Problem.OWNER_REQUIRED);
        }
        return answer(request, caller.get(), endpoint.get(), here.getOrDefault(endpoint.get(), Map.of()));
    }

    private WebResponse answer(WebRequest request, Caller caller, Endpoint endpoint, Map<String, String> variables) {
        try {
            Call call = new Call(bulla, host, request, caller, variables);
            if (call.body().has("key")) {
                Optional<Duration> wait = limits.take(Limits.Action.UNLOCK, request, Optional.of(caller));
                if (wait.isPresent()) {
                    return tooMany(request, wait.get());
                }
            }
            return endpoint.answer().to(call);
        } catch (BullaException e) {
            return host.refused(request, Problem.of(e));
        }
    }

    private WebResponse notHere(WebRequest request, Collection<Endpoint> others) {
        if (others.isEmpty()) {
            return host.refused(request, Problem.NOT_FOUND);
        }
        List<String> methods = new ArrayList<>();
        others.forEach(endpoint -> methods.add(endpoint.route().method()));
        return refusedMethod(request, String.join(", ", methods));
    }

    private WebResponse refusedMethod(WebRequest request, String allowed) {
        return host.refused(request, Problem.method(allowed)).header("Allow", allowed);
    }

    private WebResponse tooMany(WebRequest request, Duration wait) {
        return Problem.tooMany(wait, host.refused(request, Problem.TOO_MANY));
    }

    private WebResponse hook(WebRequest request, String id) {
        Optional<Duration> wait = limits.take(Limits.Action.HOOK, request, Optional.empty());
        if (wait.isPresent()) {
            return Problem.tooMany(wait.get(), Problem.TOO_MANY.toResponse());
        }
        Map<String, List<String>> parameters;
        try {
            parameters = WebRequest.decode(request.query());
        } catch (IllegalArgumentException e) {
            parameters = Map.of();
        }
        return WebResponse.text(bulla.receive(new WebhookDelivery(
                request.method(),
                id,
                request.query(),
                parameters,
                request.headers(),
                request.raw().map(RawBody::bytes))));
    }

    private WebResponse callback(WebRequest request) {
        if (!request.method().equals("GET")) {
            return refusedMethod(request, "GET");
        }
        Optional<Caller> caller = host.caller(request);
        Optional<Duration> wait = limits.take(Limits.Action.CALLBACK, request, caller);
        if (wait.isPresent()) {
            return tooMany(request, wait.get());
        }
        if (caller.isEmpty()) {
            return Bounce.fits(request)
                    ? Bounce.page(request)
                    : WebResponse.redirect(bulla.fallbackPage(ConnectError.SESSION_EXPIRED));
        }
        WebRequest sent = Bounce.unmarked(request);
        Landing landing = bulla.tenant(caller.get().tenant())
                .member(caller.get().member())
                .complete(CallbackRequest.of(sent.path(), sent.query(), sent.cookies()));
        host.landed(request, caller.get(), landing);
        WebResponse answer = WebResponse.redirect(landing.location());
        for (Cookie cookie : landing.cookies()) {
            answer = answer.cookie(cookie);
        }
        return answer;
    }
}
