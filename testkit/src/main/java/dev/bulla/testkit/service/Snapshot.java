package dev.bulla.testkit.service;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lasting part of a service as a JSON object. Codes, sessions and people are not in it. */
final class Snapshot {
    private Snapshot() {}

    static Map<String, Object> of(Map<String, Client> clients, Ledger ledger, IdTokens idTokens) {
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("key", idTokens.secretKey());
        snapshot.put("clients", clients.values().stream().map(Snapshot::write).toList());
        snapshot.put(
                "families",
                ledger.families().stream()
                        .filter(family -> !family.ended())
                        .map(Snapshot::write)
                        .toList());
        return snapshot;
    }

    static void restore(Map<String, Object> snapshot, Map<String, Client> clients, Ledger ledger, IdTokens idTokens) {
        try {
            Map<String, Object> key = JSONObjectUtils.getJSONObject(snapshot, "key");
            List<Client> apps = new ArrayList<>();
            List<TokenFamily> families = new ArrayList<>();
            for (Map<String, Object> fields : JSONObjectUtils.getJSONObjectArray(snapshot, "clients")) {
                apps.add(client(fields));
            }
            for (Map<String, Object> fields : JSONObjectUtils.getJSONObjectArray(snapshot, "families")) {
                families.add(family(fields));
            }
            idTokens.restore(key);
            apps.forEach(app -> clients.putIfAbsent(app.id(), app));
            families.forEach(ledger::restore);
        } catch (ParseException | RuntimeException e) {
            throw new IllegalArgumentException("not a snapshot of a service", e);
        }
    }

    private static Map<String, Object> write(Client client) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", client.id());
        fields.put("name", client.name());
        putIfThere(fields, "secret_hash", client.secretHash());
        putIfThere(fields, "keys", client.keys());
        fields.put("open", client.open());
        fields.put("redirect_uris", List.copyOf(client.redirectUris()));
        return fields;
    }

    private static Client client(Map<String, Object> fields) throws ParseException {
        return new Client(
                JSONObjectUtils.getString(fields, "id"),
                JSONObjectUtils.getString(fields, "name"),
                (String) fields.get("secret_hash"),
                (String) fields.get("keys"),
                JSONObjectUtils.getBoolean(fields, "open"),
                new HashSet<>(JSONObjectUtils.getStringList(fields, "redirect_uris")));
    }

    private static Map<String, Object> write(TokenFamily family) {
        Map<String, Object> refreshTokens = new LinkedHashMap<>();
        family.refreshTokens.forEach((hash, token) -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("expires", token.expires.toString());
            putIfThere(fields, "used", token.used == null ? null : token.used.toString());
            refreshTokens.put(hash, fields);
        });
        Map<String, Object> accessTokens = new LinkedHashMap<>();
        family.accessTokens.forEach((hash, token) ->
                accessTokens.put(hash, Map.of("expires", token.expires().toString(), "scopes", token.scopes())));
        return Map.of(
                "user",
                family.user,
                "client",
                family.clientId,
                "scopes",
                family.scopes,
                "since",
                family.since.toString(),
                "refresh_tokens",
                refreshTokens,
                "access_tokens",
                accessTokens);
    }

    private static TokenFamily family(Map<String, Object> fields) throws ParseException {
        TokenFamily family = new TokenFamily(
                JSONObjectUtils.getString(fields, "user"),
                JSONObjectUtils.getString(fields, "client"),
                JSONObjectUtils.getStringList(fields, "scopes"),
                Instant.parse(JSONObjectUtils.getString(fields, "since")));
        Map<String, Object> refreshTokens = JSONObjectUtils.getJSONObject(fields, "refresh_tokens");
        for (String hash : refreshTokens.keySet()) {
            Map<String, Object> token = JSONObjectUtils.getJSONObject(refreshTokens, hash);
            String used = (String) token.get("used");
            family.refreshTokens.put(
                    hash,
                    new TokenFamily.RefreshToken(
                            Instant.parse(JSONObjectUtils.getString(token, "expires")),
                            used == null ? null : Instant.parse(used)));
        }
        Map<String, Object> accessTokens = JSONObjectUtils.getJSONObject(fields, "access_tokens");
        for (String hash : accessTokens.keySet()) {
            Map<String, Object> token = JSONObjectUtils.getJSONObject(accessTokens, hash);
            family.accessTokens.put(
                    hash,
                    new TokenFamily.AccessToken(
                            Instant.parse(JSONObjectUtils.getString(token, "expires")),
                            JSONObjectUtils.getStringList(token, "scopes")));
        }
        return family;
    }

    private static void putIfThere(Map<String, Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
