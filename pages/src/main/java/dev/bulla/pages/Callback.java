package dev.bulla.pages;

import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Landing;
import dev.bulla.web.Caller;
import dev.bulla.web.FormToken;
import dev.bulla.web.Problem;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * The end of one callback: where the flow comes back to these pages, or nobody knows where to, the browser goes on to their result, or to
 * what is still to be asked, with the ticket in a cookie. Everything else goes where its return address says. For one request.
 */
final class Callback implements WebHost {
    private static final Set<ConnectError> ASTRAY = Set.of(ConnectError.SESSION_EXPIRED, ConnectError.MISSING_PARAMS);

    private final Site site;
    private final Predicate<String> pages;
    private final AtomicReference<Landing> landed = new AtomicReference<>();

    /** @param pages whether there is a page at a path below the base path */
    Callback(Site site, Predicate<String> pages) {
        this.site = site;
        this.pages = pages;
    }

    /** The address that flows of these pages come back to. */
    static String returnTo(Bulla bulla, String query) {
        return bulla.baseUri() + MemberPaths.RESULT + query;
    }

    WebResponse answer(WebResponse answer) {
        Landing landing = landed.get();
        if (landing == null) {
            return answer;
        }
        return isOurs(landing.location()) || isAstray(landing) ? onward(answer, landing) : answer;
    }

    /** Where the base address has no path, what else the host has lies below it too. */
    private boolean isOurs(URI location) {
        return location.toString().startsWith(site.bulla().baseUri() + "/")
                && pages.test(location.getPath().substring(site.base().length()));
    }

    /** Whether the library did not know where this browser came from. */
    private boolean isAstray(Landing landing) {
        String fallback = site.bulla().fallbackPage().toString();
        return landing.outcome() instanceof Landing.Failed failed
                && ASTRAY.contains(failed.code())
                && landing.location().toString().replaceFirst("\\?.*", "").equals(fallback);
    }

    private WebResponse onward(WebResponse answer, Landing landing) {
        String query = Optional.ofNullable(landing.location().getRawQuery()).orElse("");
        Map<String, List<String>> brought = WebRequest.decode(query);
        String origin = Popup.checked(site, first(brought, Popup.NAME));
        Optional<ConnectedAccount> account = landing.outcome() instanceof Landing.Connected connected
                ? Optional.of(connected.account())
                : Optional.empty();
        String label = account.map(ConnectedAccount::label).orElse(first(brought, "label"));
        Optional<Ticket> ticket = Ticket.of(landing.outcome(), label);
        if (ticket.isPresent()) {
            List<String> names = new ArrayList<>(List.of("t", ticket.get().id()));
            add(names, Popup.NAME, origin);
            return to(answer, ticket.get().page(), names).cookie(ticket.get().cookie(site));
        }
        List<String> names = new ArrayList<>();
        if (landing.outcome() instanceof Landing.Failed failed) {
            names.addAll(List.of("outcome", "failed", "code", failed.code().code()));
            add(names, "detail", failed.detail().toLowerCase(Locale.ROOT));
        } else {
            names.addAll(List.of("outcome", "connected"));
        }
        add(names, "connection", first(brought, "connection"));
        add(names, "label", label);
        add(names, Popup.NAME, origin);
        return to(answer, MemberPaths.RESULT, names);
    }

    private WebResponse to(WebResponse answer, String path, List<String> names) {
        URI there = URI.create(site.at(path, names.toArray(String[]::new)));
        return answer.header("Location", there.toString());
    }

    private static void add(List<String> names, String name, String value) {
        if (!value.isEmpty()) {
            names.add(name);
            names.add(value);
        }
    }

    private static String first(Map<String, List<String>> values, String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst().orElse("");
    }

    @Override
    public void landed(WebRequest request, Caller caller, Landing landing) {
        landed.set(landing);
        site.host().landed(request, caller, landing);
    }

    @Override
    public Optional<Caller> caller(WebRequest request) {
        return site.host().caller(request);
    }

    @Override
    public boolean isTrusted(WebRequest request) {
        return site.host().isTrusted(request);
    }

    @Override
    public Optional<FormToken> formToken(WebRequest request) {
        return site.host().formToken(request);
    }

    @Override
    public Optional<Session> session(WebRequest request, Caller caller) {
        return site.host().session(request, caller);
    }

    @Override
    public WebResponse refused(WebRequest request, Problem problem) {
        return site.host().refused(request, problem);
    }
}
