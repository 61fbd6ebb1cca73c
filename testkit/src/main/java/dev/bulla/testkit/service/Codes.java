package dev.bulla.testkit.service;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Authorization codes: 60 seconds, once. A code that comes twice ends what the first time gave (RFC 6749 section 4.1.2). Guarded by
 * the lock of {@link OAuthService}.
 */
final class Codes {
    private static final Duration LIFE = Duration.ofSeconds(60);

    /** A code, and what was got for it. */
    static final class Issued {
        final AuthorizationRequest request;
        final String user;
        final List<String> scopes;
        private final Instant expires;
        private boolean used;
        private @Nullable TokenFamily given;

        private Issued(AuthorizationRequest request, String user, List<String> scopes, Instant expires) {
            this.request = request;
            this.user = user;
            this.scopes = scopes;
            this.expires = expires;
        }

        void gave(TokenFamily family) {
            given = family;
        }
    }

    private final Settings settings;
    private final Map<String, Issued> codes = new HashMap<>();

    Codes(Settings settings) {
        this.settings = settings;
    }

    String issue(AuthorizationRequest request, String user, List<String> scopes) {
        String code = Hash.fresh("code-");
        Instant now = settings.now();
        codes.values().removeIf(old -> old.expires.plus(Duration.ofHours(1)).isBefore(now));
        codes.put(Hash.of(code), new Issued(request, user, scopes, now.plus(LIFE)));
        return code;
    }

    /** Takes the code: whatever is wrong with the request, it does not work again. */
    Issued take(Client client, Parameters parameters) {
        Issued issued = codes.get(Hash.of(parameters.require("code")));
        if (issued == null || !issued.request.clientId().equals(client.id())) {
            throw Refusal.grant("the code is not one of this app");
        }
        if (issued.used) {
            if (issued.given != null) {
                issued.given.end();
            }
            throw Refusal.grant("the code was used before");
        }
        issued.used = true;
        if (!settings.now().isBefore(issued.expires)) {
            throw Refusal.grant("the code has expired");
        }
        if (!issued.request.redirectUri().equals(parameters.get("redirect_uri"))) {
            throw Refusal.grant("redirect_uri differs from the authorization request");
        }
        String challenge = issued.request.challenge();
        String verifier = parameters.get("code_verifier");
        if (challenge == null ? verifier != null : verifier == null || !Hash.same(challenge, Hash.of(verifier))) {
            throw Refusal.grant("code_verifier does not fit the challenge");
        }
        return issued;
    }
}
