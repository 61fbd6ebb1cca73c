package dev.bulla.examples.plainservlet;

import dev.bulla.web.Caller;
import dev.bulla.web.FormToken;
import dev.bulla.web.WebHost;
import dev.bulla.web.WebRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;

/** Who is logged in stands in the container's session, and so does the token that our forms carry. */
final class SessionLogin implements WebHost {
    static final String TENANT = "acme";

    private static final String MEMBER = "member";
    private static final String TOKEN = "token";

    /** A new session: one that was known before a login is worth nothing after it. */
    static void logIn(HttpServletRequest request, String member) {
        HttpSession former = request.getSession(false);
        if (former != null) {
            former.invalidate();
        }
        HttpSession session = request.getSession(true);
        session.setAttribute(MEMBER, member);
        session.setAttribute(TOKEN, UUID.randomUUID().toString());
    }

    private static Optional<String> attribute(String name) {
        return CurrentRequest.session().map(session -> (String) session.getAttribute(name));
    }

    static Optional<String> member() {
        return attribute(MEMBER);
    }

    @Override
    public Optional<Caller> caller(WebRequest request) {
        return member().map(member -> new Caller(TENANT, member, false));
    }

    @Override
    public Optional<FormToken> formToken(WebRequest request) {
        return attribute(TOKEN).map(value -> new FormToken(TOKEN, value));
    }

    @Override
    public boolean isTrusted(WebRequest request) {
        byte[] sent = request.field(TOKEN).orElse("").getBytes(StandardCharsets.UTF_8);
        return attribute(TOKEN)
                .filter(token -> MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), sent))
                .isPresent();
    }
}
