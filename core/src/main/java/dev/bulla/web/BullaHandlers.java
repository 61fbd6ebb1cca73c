package dev.bulla.web;

import dev.bulla.Bulla;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectStep;
import dev.bulla.model.Cookie;
import dev.bulla.model.Disconnected;
import dev.bulla.model.Landing;
import dev.bulla.provider.Field;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of a host, wherever it mounts them:
 *
 * <pre>
 * POST .../connect        connection, label?, returnTo?, field.&lt;name&gt;*   303 to the service, or the form to fill in
 * GET  .../callback/{id}  what the service sends                       303 to the return address
 * GET  .../status         connection?                                  JSON
 * POST .../disconnect     connection, label?                           JSON
 * POST .../options        ticket, step, chosen.&lt;step&gt;*, parent?, search?, page?   JSON: options of id and name, next?
 * POST .../choose         ticket, chosen.&lt;step&gt;*, name.&lt;step&gt;?      JSON: the account, or 409 with error and detail
 * </pre>
 *
 * A browser that asks for {@code application/json} on connect gets the location as JSON instead of a redirect. Refusals are {@link
 * Problem}s; what does not exist and what belongs to somebody else look alike. Thread-safe.
 */
public final class BullaHandlers implements WebHandler {
    private static final String FIELD = "field.";

    private final Bulla bulla;
    private final WebHost host;

    private BullaHandlers(Bulla bulla, WebHost host) {
        this.bulla = bulla;
        this.host = host;
    }

    public static BullaHandlers of(Bulla bulla, WebHost host) {
        return new BullaHandlers(bulla, host);
    }

    /** Answers a request by the end of its path. Never throws for anything that the browser brought. */
    @Override
    public WebResponse handle(WebRequest request) {
        String[] path = request.path().split("/", -1);
        String last = path[path.length - 1];
        try {
            if (path.length > 1 && path[path.length - 2].equals("callback")) {
                return only("GET", request, () -> callback(request));
            }
            return switch (last) {
                case "connect" -> only("POST", request, () -> trusted(request, this::connect));
                case "disconnect" -> only("POST", request, () -> trusted(request, this::disconnect));
                case "options" -> only("POST", request, () -> trusted(request, this::options));
                case "choose" -> only("POST", request, () -> trusted(request, this::choose));
                case "status" -> only("GET", request, () -> known(request, this::status));
                default -> host.refused(request, Problem.NOT_FOUND);
            };
        } catch (BullaException e) {
            return host.refused(request, Problem.of(e));
        }
    }

    private interface Answer {
        WebResponse get();
    }

    private interface Inside {
        WebResponse answer(WebRequest request, Caller caller);
    }

    private WebResponse only(String method, WebRequest request, Answer then) {
        return request.method().equals(method)
                ? then.get()
                : host.refused(request, Problem.method(method)).header("Allow", method);
    }

    private WebResponse known(WebRequest request, Inside then) {
        return host.caller(request)
                .map(caller -> then.answer(request, caller))
                .orElseGet(() -> host.refused(request, Problem.LOGIN_REQUIRED));
    }

    private WebResponse trusted(WebRequest request, Inside then) {
        return known(
                request,
                (same, caller) -> host.isTrusted(request)
                        ? then.answer(request, caller)
                        : host.refused(request, Problem.NOT_TRUSTED));
    }

    private WebResponse connect(WebRequest request, Caller caller) {
        Optional<String> connection = request.field("connection");
        if (connection.isEmpty()) {
            return host.refused(request, Problem.missing("connection"));
        }
        String label = request.field("label").orElse("");
        Member member = member(caller);
        Map<String, String> typed = typed(request);
        if (!typed.isEmpty()) {
            member.submit(connection.get(), label, typed);
            return status(request.withQuery(""), caller);
        }
        String returnTo =
                request.field("returnTo").orElseGet(() -> bulla.fallbackPage().toString());
        ConnectStep step = member.connect(connection.get(), label, returnTo);
        if (step instanceof ConnectStep.Redirect redirect) {
            boolean json = request.header("Accept").orElse("").contains("application/json");
            WebResponse answer = json
                    ? WebResponse.json(
                            200,
                            JsonText.of(Map.of("location", redirect.location().toString())))
                    : WebResponse.redirect(redirect.location());
            return answer.cookie(redirect.cookie());
        }
        return WebResponse.json(200, JsonText.of(Map.of("form", form((ConnectStep.Form) step))));
    }

    private static Map<String, String> typed(WebRequest request) {
        Map<String, String> typed = new LinkedHashMap<>();
        request.form().keySet().stream()
                .filter(name -> name.startsWith(FIELD))
                .forEach(name -> typed.put(
                        name.substring(FIELD.length()), request.field(name).orElse("")));
        return typed;
    }

    private static List<Map<String, Object>> form(ConnectStep.Form form) {
        return form.fields().stream().map(BullaHandlers::fieldView).toList();
    }

    private static Map<String, Object> fieldView(Field field) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", FIELD + field.name());
        view.put("label", field.label());
        view.put("hint", field.hint());
        view.put("secret", field.secret());
        view.put("required", field.required());
        return view;
    }

    private WebResponse callback(WebRequest request) {
        Optional<Caller> caller = host.caller(request);
        if (caller.isEmpty()) {
            return Bounce.fits(request)
                    ? Bounce.page(request)
                    : WebResponse.redirect(bulla.fallbackPage(ConnectError.SESSION_EXPIRED));
        }
        WebRequest sent = Bounce.unmarked(request);
        Landing landing = member(caller.get()).complete(CallbackRequest.of(sent.path(), sent.query(), sent.cookies()));
        host.landed(request, caller.get(), landing);
        WebResponse answer = WebResponse.redirect(landing.location());
        for (Cookie cookie : landing.cookies()) {
            answer = answer.cookie(cookie);
        }
        return answer;
    }

    private WebResponse status(WebRequest request, Caller caller) {
        Optional<String> wanted = request.parameter("connection");
        List<Map<String, Object>> views = StatusView.of(member(caller)).stream()
                .filter(view -> wanted.isEmpty() || wanted.get().equals(view.get("connection")))
                .toList();
        if (wanted.isPresent() && views.isEmpty()) {
            throw new BullaException(ErrorCode.CONNECTION_UNKNOWN, "no connection of this name");
        }
        return WebResponse.json(200, JsonText.of(Map.of("connections", views)));
    }

    private WebResponse options(WebRequest request, Caller caller) {
        return ChoiceRoutes.options(member(caller), request)
                .orElseGet(() -> host.refused(request, Problem.missing("ticket or step")));
    }

    private WebResponse choose(WebRequest request, Caller caller) {
        return ChoiceRoutes.choose(member(caller), request)
                .orElseGet(() -> host.refused(request, Problem.missing("ticket")));
    }

    private WebResponse disconnect(WebRequest request, Caller caller) {
        Optional<String> connection = request.field("connection");
        if (connection.isEmpty()) {
            return host.refused(request, Problem.missing("connection"));
        }
        String label = request.field("label").orElse("");
        Optional<Session> session = host.session(request, caller);
        Disconnected ended = session.isPresent()
                ? session.get().disconnect(connection.get(), label)
                : member(caller).disconnect(connection.get(), label);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("connection", connection.get());
        fields.put("revocation", ended.revocation().name());
        ended.grantsPage().map(URI::toString).ifPresent(page -> fields.put("grantsPage", page));
        return WebResponse.json(200, JsonText.of(fields));
    }

    private Member member(Caller caller) {
        return bulla.tenant(caller.tenant()).member(caller.member());
    }
}
