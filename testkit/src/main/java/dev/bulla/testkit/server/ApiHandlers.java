package dev.bulla.testkit.server;

import dev.bulla.testkit.service.Access;
import dev.bulla.testkit.service.OAuthService;
import dev.bulla.testkit.service.User;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small API behind access tokens (RFC 6750): who am I, and notes. */
final class ApiHandlers {
    private interface Answer {
        Map<String, Object> answer(User user, Access access) throws IOException;
    }

    private final OAuthService service;
    private final Map<String, List<String>> notes = new ConcurrentHashMap<>();

    ApiHandlers(OAuthService service) {
        this.service = service;
    }

    /** OpenID Connect Core section 5.3. */
    void userinfo(Visit visit) throws IOException {
        protect(visit, "openid", (user, access) -> {
            Map<String, Object> claims = new LinkedHashMap<>();
            claims.put("sub", user.subject());
            if (access.scopes().contains("profile")) {
                claims.put("name", user.displayName());
                claims.put("preferred_username", user.name());
            }
            if (access.scopes().contains("email")) {
                claims.put("email", user.name() + "@example.test");
            }
            return claims;
        });
    }

    void me(Visit visit) throws IOException {
        protect(
                visit,
                "",
                (user, access) -> Map.of(
                        "sub", user.subject(), "id", user.subject(), "login", user.name(), "name", user.displayName()));
    }

    void notes(Visit visit) throws IOException {
        protect(visit, visit.isPost() ? "notes.write" : "notes.read", (user, access) -> {
            List<String> mine = notes.computeIfAbsent(
                    user.name(), name -> new CopyOnWriteArrayList<>(List.of("Buy clay", "Carve a seal")));
            if (visit.isPost()) {
                mine.add(visit.form().get("text"));
            }
            return Map.of("owner", user.displayName(), "notes", List.copyOf(mine));
        });
    }

    private void protect(Visit visit, String scope, Answer then) throws IOException {
        String header = visit.header("Authorization");
        String token = header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : "";
        Optional<Access> access = service.access(token);
        Optional<User> user = access.flatMap(found -> service.user(found.user()));
        if (access.isEmpty() || user.isEmpty()) {
            String challenge = token.isEmpty() ? "Bearer" : "Bearer error=\"invalid_token\"";
            note(visit, "", 401);
            visit.challenge(401, challenge, "invalid_token");
        } else if (!scope.isEmpty() && !access.get().scopes().contains(scope)) {
            note(visit, user.get().name(), 403);
            visit.challenge(403, "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"", "insufficient_scope");
        } else {
            note(visit, user.get().name(), 200);
            visit.json(200, then.answer(user.get(), access.get()));
        }
    }

    private void note(Visit visit, String user, int status) {
        service.called(visit.method(), visit.path(), user, status);
    }
}
