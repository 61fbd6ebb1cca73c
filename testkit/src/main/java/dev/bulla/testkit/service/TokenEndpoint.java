package dev.bulla.testkit.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The token endpoint (RFC 6749 sections 4.1.3 and 6). Guarded by the lock of {@link OAuthService}. */
final class TokenEndpoint {
    private static final String CODE = "authorization_code";
    private static final String REFRESH = "refresh_token";
    private static final ClientAuthenticator.Claim UNNAMED = new ClientAuthenticator.Claim("none", "", "");

    private final Settings settings;
    private final ClientAuthenticator authenticator;
    private final Codes codes;
    private final Ledger ledger;
    private final IdTokens idTokens;
    private final Map<String, User> users;
    private final Journal journal;

    TokenEndpoint(
            Settings settings,
            ClientAuthenticator authenticator,
            Codes codes,
            Ledger ledger,
            IdTokens idTokens,
            Map<String, User> users,
            Journal journal) {
        this.settings = settings;
        this.authenticator = authenticator;
        this.codes = codes;
        this.ledger = ledger;
        this.idTokens = idTokens;
        this.users = users;
        this.journal = journal;
    }

    Reply answer(Parameters parameters, @Nullable String authorization, @Nullable Misfortune misfortune) {
        ClientAuthenticator.Claim claim = UNNAMED;
        Reply reply;
        try {
            boolean named = authorization != null || parameters.get(settings.clientIdParameter) != null;
            claim = named || !exchanges(parameters) ? authenticator.claim(parameters, authorization) : UNNAMED;
            reply = misfortune != null && misfortune.before() ? misfortune.instead() : carryOut(claim, parameters);
        } catch (Refusal refusal) {
            reply = misfortune != null && misfortune.before() ? misfortune.instead() : refusal.reply();
        }
        note(claim, parameters, reply);
        if (reply.status() == 401) {
            reply = reply.header("WWW-Authenticate", "Basic realm=\"token\"");
        }
        return misfortune == null || misfortune.before() ? reply : misfortune.struck(reply);
    }

    private void note(ClientAuthenticator.Claim claim, Parameters parameters, Reply reply) {
        Object error = reply.fields().getOrDefault("error", "");
        journal.add(new Journal.TokenRequest(
                settings.now(),
                parameters.or("grant_type", ""),
                claim.clientId(),
                claim.method(),
                parameters.values(),
                reply.status(),
                error.toString()));
    }

    private Reply carryOut(ClientAuthenticator.Claim claim, Parameters parameters) {
        if (exchanges(parameters)) {
            String clientId = claim.clientId().isEmpty()
                    ? null
                    : authenticator.check(claim, parameters).id();
            return Reply.json(
                    200, fields(ledger.exchange(clientId, parameters.values().values())));
        }
        Client client = authenticator.check(claim, parameters);
        return switch (parameters.require("grant_type")) {
            case CODE -> Reply.json(200, redeem(client, parameters));
            case REFRESH -> {
                journal.redeemed(parameters.require("refresh_token"));
                yield Reply.json(200, fields(ledger.refresh(client, parameters)));
            }
            default -> throw new Refusal(400, "unsupported_grant_type", "only codes and refresh tokens");
        };
    }

    /** Whether this asks for an exchange of an access token, under a grant type that is the service's own. */
    private boolean exchanges(Parameters parameters) {
        return settings.exchangesAccessTokens && !List.of("", CODE, REFRESH).contains(parameters.or("grant_type", ""));
    }

    private Map<String, Object> redeem(Client client, Parameters parameters) {
        Codes.Issued code = codes.take(client, parameters);
        Ledger.Issued issued = ledger.open(code.user, client.id(), code.scopes);
        code.gave(issued.family());
        Map<String, Object> fields = fields(issued);
        User user = users.get(code.user);
        if (user != null && (settings.alwaysIdToken || code.scopes.contains("openid"))) {
            fields.put("id_token", idTokens.issue(user, client.id(), code.request.nonce(), issued.accessToken()));
        }
        return fields;
    }

    private Map<String, Object> fields(Ledger.Issued issued) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("access_token", issued.accessToken());
        fields.put("token_type", "Bearer");
        if (settings.saysLifetime) {
            fields.put("expires_in", settings.accessLifetime.toSeconds());
        }
        if (issued.refreshToken() != null) {
            fields.put("refresh_token", issued.refreshToken());
        }
        fields.put("scope", String.join(settings.scopeSeparator, issued.scopes()));
        return fields;
    }
}
