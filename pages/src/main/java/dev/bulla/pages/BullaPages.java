package dev.bulla.pages;

import dev.bulla.Bulla;
import dev.bulla.web.BullaHandlers;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Optional;

/**
 * Pages for members and owners, at the path of the library's base address, beside the callback and the JSON API that {@link
 * BullaHandlers} answer. A host mounts this one handler:
 *
 * <pre>{@code
 * server.createContext("/bulla/", BullaHttpHandler.of(BullaPages.of(bulla, host)));
 * }</pre>
 *
 * <p>Nothing is kept between requests, so any node may answer any of them. Thread-safe.
 */
public final class BullaPages implements WebHandler {
    private static final Logger LOG = System.getLogger(BullaPages.class.getName());

    private final Site site;
    private final Router router;
    private final BullaHandlers handlers;

    private BullaPages(Site site) {
        this.site = site;
        this.router = new Router(site);
        MemberPages.addTo(router);
        OwnerPages.addTo(router);
        this.handlers =
                BullaHandlers.of(site.bulla(), site.host(), site.options().limits());
    }

    public static BullaPages of(Bulla bulla, WebHost host) {
        return of(bulla, host, PageOptions.of("Bulla"));
    }

    /**
     * The pages, looking and speaking as the host wants it.
     *
     * @throws IllegalArgumentException for a text that no page says
     */
    public static BullaPages of(Bulla bulla, WebHost host, PageOptions options) {
        return new BullaPages(Site.of(bulla, host, options));
    }

    @Override
    public WebResponse handle(WebRequest request) {
        String path = request.path();
        if (path.equals(site.base())) {
            return WebResponse.redirect(URI.create(site.at("/")));
        }
        if (!path.startsWith(site.base() + "/")) {
            return Refusals.of(site, request, Optional.empty(), 404, "NOT_FOUND");
        }
        String below = path.substring(site.base().length());
        if (below.startsWith("/assets/")) {
            return asset(request, below.substring("/assets/".length()));
        }
        boolean isProgram = below.startsWith("/api/") || below.startsWith("/hooks/") || below.startsWith("/client/");
        if (request.isLong() || isProgram) {
            return handlers.handle(request);
        }
        if (below.startsWith("/callback/")) {
            Callback callback = new Callback(site, router::shows);
            return callback.answer(
                    BullaHandlers.of(site.bulla(), callback, site.options().limits())
                            .handle(request));
        }
        try {
            return router.answer(request, below);
        } catch (RuntimeException e) { // its text may hold what somebody typed
            LOG.log(Level.WARNING, "a page failed: {0}", e.getClass().getName());
            return Refusals.of(site, request, Optional.empty(), 500, "INTERNAL_ERROR");
        }
    }

    private WebResponse asset(WebRequest request, String file) {
        return Assets.find(file).orElseGet(() -> Refusals.of(site, request, Optional.empty(), 404, "NOT_FOUND"));
    }
}
