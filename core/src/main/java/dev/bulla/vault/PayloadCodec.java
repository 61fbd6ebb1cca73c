package dev.bulla.vault;

import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payloads as bytes: the JSON inside a record. Absent fields stay absent, so that later versions can add some. */
public final class PayloadCodec {
    private PayloadCodec() {}

    public static byte[] encode(Payload payload) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("anchor", payload.anchor());
        Map<String, Object> sets = new LinkedHashMap<>();
        payload.tokens().sets().forEach((name, set) -> sets.put(name, set(set)));
        out.put("sets", sets);
        Map<String, Object> form = new LinkedHashMap<>();
        payload.form().forEach((name, value) -> form.put(name, value.reveal()));
        out.put("form", form);
        if (!payload.selected().isEmpty()) {
            out.put("selected", payload.selected());
        }
        return PlainJson.write(out);
    }

    private static Map<String, Object> set(TokenSet set) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("access", set.accessToken().reveal());
        if (set.refreshToken() != null) {
            out.put("refresh", set.refreshToken().reveal());
        }
        put(out, "expires", set.expiresAt());
        put(out, "refreshExpires", set.refreshExpiresAt());
        if (set.scopes() != null) {
            out.put("scopes", set.scopes());
        }
        out.put("extra", set.extra());
        return out;
    }

    private static void put(Map<String, Object> out, String name, @Nullable Instant time) {
        if (time != null) {
            out.put(name, time.toEpochMilli());
        }
    }

    public static Payload decode(byte[] bytes) {
        Map<String, Object> in = PlainJson.read(bytes);
        Map<String, TokenSet> sets = new LinkedHashMap<>();
        PlainJson.object(in, "sets")
                .keySet()
                .forEach(name -> sets.put(name, set(PlainJson.object(PlainJson.object(in, "sets"), name))));
        Map<String, Secret> form = new LinkedHashMap<>();
        Map<String, Object> values = PlainJson.object(in, "form");
        values.keySet().forEach(name -> form.put(name, Secret.of(PlainJson.text(values, name))));
        Map<String, String> selected = new LinkedHashMap<>();
        PlainJson.object(in, "selected").forEach((name, value) -> selected.put(name, String.valueOf(value)));
        return new Payload(PlainJson.text(in, "anchor"), Tokens.named(sets), form, selected);
    }

    private static TokenSet set(Map<String, Object> in) {
        String refresh = PlainJson.textOrNull(in, "refresh");
        Map<String, String> extra = new LinkedHashMap<>();
        PlainJson.object(in, "extra").forEach((name, value) -> extra.put(name, String.valueOf(value)));
        return new TokenSet(
                Secret.of(PlainJson.text(in, "access")),
                refresh == null ? null : Secret.of(refresh),
                time(in, "expires"),
                time(in, "refreshExpires"),
                PlainJson.textsOrNull(in, "scopes"),
                extra);
    }

    private static @Nullable Instant time(Map<String, Object> in, String name) {
        Long millis = PlainJson.numberOrNull(in, name);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
