package dev.bulla.providers.all;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Facts of several parts as one line of Markdown; empty where there is nothing to tell. */
final class Told {
    private Told() {}

    static String refresh(Map<String, @Nullable Object> refresh) {
        String how = text(refresh, "style");
        return switch (how) {
            case "none" -> "";
            case "refresh_token" -> "a refresh token is redeemed at " + request(refresh);
            case "exchange_current" -> "the present access token is exchanged at " + request(refresh);
            case "jwt_bearer" -> "made of the key, by a signed JWT, at " + request(refresh);
            case "client_credentials" -> "made of the key at " + request(refresh);
            default -> "made of the key";
        };
    }

    static String revoke(@Nullable Map<String, @Nullable Object> revoke) {
        if (revoke == null) {
            return "none: the service documents no way";
        }
        String parameter = text(revoke, "parameter");
        String place = parameter.isEmpty() ? "" : ", the token as " + code(parameter);
        String proof = Map.of(
                        "basic", ", client id and secret by HTTP Basic",
                        "form", ", client id and secret beside it",
                        "json", ", client id and secret beside it",
                        "bearer", parameter.isEmpty() ? ", the token as Bearer" : "",
                        "header", ", which is a header",
                        "none", ", without the client's secret")
                .getOrDefault(text(revoke, "auth"), "");
        String reach = text(revoke, "scope").equals("grant")
                ? "; it ends the whole grant"
                : "; it ends the token that is sent";
        return request(revoke) + place + proof + reach;
    }

    static String identity(@Nullable Map<String, @Nullable Object> identity) {
        if (identity == null || text(identity, "id").isEmpty()) {
            return "";
        }
        String where = Map.of("id_token", "the ID token", "token_answer", "the answer with the tokens")
                .getOrDefault(text(identity, "place"), request(identity));
        List<String> names = new ArrayList<>();
        if (identity.get("name") != null) {
            names.add(code(text(identity, "name")));
        }
        texts(identity.get("furtherNames")).forEach(name -> names.add(code(name)));
        String name = names.isEmpty() ? "" : ", name " + String.join(" or ", names);
        return (where.isEmpty() ? "" : where + ": ") + "id " + code(text(identity, "id")) + name;
    }

    static String attach(Map<String, @Nullable Object> attach) {
        String name = text(attach, "name");
        String told = switch (text(attach, "type")) {
            case "basic" ->
                code("Authorization: Basic") + ", user " + user(text(attach, "user")) + ", the key as password";
            case "query" -> code("?" + name + "=…");
            case "path" -> code(name + "/…") + " in the path";
            default -> code((name + ": " + text(attach, "scheme")).strip() + " …");
        };
        String proof = text(attach, "type").equals("jwt") ? ", a JWT that is signed for each request" : "";
        return told + proof + (Boolean.TRUE.equals(attach.get("byRoute")) ? "; which key, depends on the path" : "");
    }

    private static String user(String user) {
        return user.isEmpty() ? "empty" : code(user);
    }

    static String lifetimes(Map<String, @Nullable Object> lifetimes) {
        Map<String, String> kinds = Map.of(
                "access", "access token",
                "refresh", "refresh token",
                "idle", "refresh token that lies idle",
                "absolute", "consent");
        return List.of("access", "refresh", "idle", "absolute").stream()
                .filter(kind -> lifetimes.get(kind) != null)
                .filter(kind -> !kind.equals("refresh") || lifetimes.get("idle") == null)
                .map(kind -> kinds.get(kind) + " " + time(lifetimes.get(kind)))
                .collect(Collectors.joining("; "));
    }

    static String reuse(@Nullable Map<String, @Nullable Object> reuse) {
        return reuse == null
                ? ""
                : switch (text(reuse, "rule")) {
                    case "safe" -> "does no harm";
                    case "grace" -> "is answered for " + time(reuse.get("graceSeconds"));
                    default -> "may end the grant, so it is sent again only when the access token has ended, once";
                };
    }

    static String verify(@Nullable Map<String, @Nullable Object> verify) {
        if (verify == null) {
            return "";
        }
        return verify.get("url") == null
                ? "nothing: " + (text(verify, "unverifiable").isEmpty() ? "unknown" : text(verify, "unverifiable"))
                : request(verify) + "; a yes is " + text(verify, "success");
    }

    static String upgrade(@Nullable Map<String, @Nullable Object> upgrade) {
        return upgrade == null ? "" : request(upgrade) + ", " + code("grant_type=" + text(upgrade, "grantType"));
    }

    static String openId(@Nullable Map<String, @Nullable Object> openId) {
        return openId == null
                ? ""
                : "ID tokens of " + code(text(openId, "issuer")) + ", keys at " + code(text(openId, "jwksUrl"));
    }

    static String pairs(@Nullable Object map) {
        return map instanceof Map<?, ?> pairs
                ? pairs.entrySet().stream()
                        .map(pair -> code(pair.getKey() + ": " + pair.getValue()))
                        .collect(Collectors.joining(", "))
                : "";
    }

    static String codes(@Nullable Object list) {
        return texts(list).stream().map(Told::code).collect(Collectors.joining(", "));
    }

    static String code(@Nullable Object text) {
        return text == null || text.equals("") ? "" : "`" + cell(text) + "`";
    }

    /** What may stand between two bars. */
    static String cell(@Nullable Object text) {
        return String.valueOf(text).replace("|", "\\|").replace("\n", " ").strip();
    }

    private static String request(Map<String, @Nullable Object> request) {
        String url = text(request, "url");
        return url.isEmpty() ? "" : code(text(request, "method") + " " + url);
    }

    private static String time(@Nullable Object seconds) {
        Duration time = Duration.ofSeconds(seconds instanceof Number number ? number.longValue() : 0);
        long days = time.toDays();
        if (days > 1 && time.equals(Duration.ofDays(days))) {
            return days + " days";
        }
        long hours = time.toHours();
        if (hours > 1 && time.equals(Duration.ofHours(hours))) {
            return hours + " hours";
        }
        long minutes = time.toMinutes();
        return minutes > 1 && time.equals(Duration.ofMinutes(minutes))
                ? minutes + " minutes"
                : time.toSeconds() + " seconds";
    }

    private static String text(Map<String, @Nullable Object> facts, String key) {
        Object value = facts.get(key);
        return value == null ? "" : value.toString();
    }

    @SuppressWarnings("unchecked")
    static List<String> texts(@Nullable Object value) {
        return value == null ? List.of() : (List<String>) value;
    }
}
