package dev.bulla.handshake;

import dev.bulla.connection.Ids;
import dev.bulla.model.CallbackRequest;
import dev.bulla.model.Cookie;
import java.net.URI;

/** The cookie that ties a flow to the browser that began it: one for each flow, so that two tabs do not disturb each other. */
public final class BrowserCookie {
    private static final int LIFE_SECONDS = 900;

    private final boolean secure;

    /** @param base the host's base URI; only on loopback over http does the cookie go without {@code Secure} */
    public BrowserCookie(URI base) {
        secure = "https".equals(base.getScheme());
    }

    private String name(String flowId) {
        return (secure ? "__Host-bulla-" : "bulla-") + flowId.substring(0, 12);
    }

    Cookie issue(String flowId, String browserSecret) {
        return new Cookie(name(flowId), browserSecret, secure, LIFE_SECONDS);
    }

    Cookie delete(String flowId) {
        return new Cookie(name(flowId), "", secure, 0);
    }

    boolean matches(String flowId, String browserHash, CallbackRequest request) {
        String presented = request.cookies().get(name(flowId));
        return presented != null
                && presented.matches("[A-Za-z0-9_-]{43}")
                && Ids.same(Ids.hash(presented), browserHash);
    }
}
