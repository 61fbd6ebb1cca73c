package dev.bulla.testkit.service;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The token endpoint (RFC 6749 sections 4.1.3 and 6). Guarded by the lock of {@link OAuthService}. */
final class TokenEndpoint {
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
        ClientAuthenticator.Claim claim = new ClientAuthenticator.Claim("none", "", "");
        Reply reply;
        try {
            claim = authenticator.claim(parameters, authorization);
            reply = misfortune != null && misfortune.before()
                    ? misfortune.instead()
                    : carryOut(authenticator.check(claim, parameters), parameters);
        } catch (Refusal refusal) {
            reply = misfortune != null && misfortune.before() ? misfortune.instead() : refusal.reply();
        }
        Object error = reply.fields().getOrDefault("error", "");
        journal.add(new Journal.TokenRequest(
                settings.now(),
                parameters.or("grant_type", ""),
                claim.clientId(),
                claim.method(),
                parameters.values(),
                reply.status(),
                error.toString()));
        if (reply.status() == 401) {
            reply = reply.header("WWW-Authenticate", "Basic realm=\"token\"");
        }
        return misfortune == null || misfortune.before() ? reply : misfortune.struck(reply);
    }

    private Reply carryOut(Client client, Parameters parameters) {
        switch (parameters.require("grant_type")) {
            case "authorization_code" -> {
                Codes.Issued code = codes.take(client, parameters);
                Ledger.Issued issued = ledger.open(code.user, client.id(), code.scopes);
                code.gave(issued.family());
                Map<String, Object> fields = fields(issued);
                User user = users.get(code.user);
                if (user != null && (settings.alwaysIdToken || code.scopes.contains("openid"))) {
                    fields.put(
                            "id_token", idTokens.issue(user, client.id(), code.request.nonce(), issued.accessToken()));
                }
                return Reply.json(200, fields);
            }
            case "refresh_token" -> {
                journal.redeemed(parameters.require("refresh_token"));
                return Reply.json(200, fields(ledger.refresh(client, parameters)));
            }
            default -> {
                if (!settings.exchangesAccessTokens) {
                    throw new Refusal(400, "unsupported_grant_type", "only codes and refresh tokens");
                }
                return Reply.json(
                        200, fields(ledger.exchange(client, parameters.values().values())));
            }
        }
    }

    private Map<String, Object> fields(Ledger.Issued issued) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("access_token", issued.accessToken());
        fields.put("token_type", "Bearer");
        fields.put("expires_in", settings.accessLifetime.toSeconds());
        if (issued.refreshToken() != null) {
            fields.put("refresh_token", issued.refreshToken());
        }
        fields.put("scope", String.join(settings.scopeSeparator, issued.scopes()));
        return fields;
    }
}
