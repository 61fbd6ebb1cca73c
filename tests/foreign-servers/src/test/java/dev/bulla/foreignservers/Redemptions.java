package dev.bulla.foreignservers;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every refresh token that came by, by its hash: who it belongs to, when it was redeemed, what came of it. The first of a member is
 * recognised by the order in which members connect, the later ones by the answers in which they were issued. Thread-safe.
 */
final class Redemptions {
    private static final Pattern ISSUED = Pattern.compile("\"refresh_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*\"([^\"]+)\"");

    /** A token request that has come in; {@code token} is empty where it redeems no refresh token. */
    record Open(String token, long at) {}

    /**
     * A redemption.
     *
     * @param token hash of the refresh token
     * @param at when it arrived, epoch milliseconds
     * @param took milliseconds until the server had answered
     * @param status what the server answered
     * @param error the error that it named, or nothing
     */
    record Redemption(String token, long at, long took, int status, String error) {}

    private final Map<String, String> members = new ConcurrentHashMap<>();
    private final Queue<Redemption> redemptions = new ConcurrentLinkedQueue<>();
    private volatile @Nullable String connecting;

    /** Who the next grant belongs to. */
    void connecting(String member) {
        connecting = member;
    }

    Open arrived(byte[] body) {
        String token = "";
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
            if (pair.startsWith("refresh_token=")) {
                token = TokenHash.of(
                        URLDecoder.decode(pair.substring("refresh_token=".length()), StandardCharsets.UTF_8));
            }
        }
        return new Open(token, System.currentTimeMillis());
    }

    void answered(Open open, int status, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        Matcher issued = ISSUED.matcher(text);
        String owner = open.token().isEmpty() ? connecting : members.get(open.token());
        if (issued.find() && owner != null) {
            members.put(TokenHash.of(issued.group(1)), owner);
        }
        if (!open.token().isEmpty()) {
            Matcher error = ERROR.matcher(text);
            redemptions.add(new Redemption(
                    open.token(),
                    open.at(),
                    System.currentTimeMillis() - open.at(),
                    status,
                    error.find() ? error.group(1) : ""));
        }
    }

    /** Whose token this is; empty where it was not issued here. */
    String member(String token) {
        return members.getOrDefault(token, "");
    }

    /** Those of these members. */
    List<Redemption> of(String prefix) {
        return redemptions.stream()
                .filter(one -> member(one.token()).startsWith(prefix))
                .toList();
    }

    /** Tokens of these members that were redeemed more than once, each with its redemptions in their order. */
    Map<String, List<Redemption>> repeated(String prefix) {
        Map<String, List<Redemption>> all = new LinkedHashMap<>();
        of(prefix).stream()
                .sorted((one, other) -> Long.compare(one.at(), other.at()))
                .forEach(one -> all.computeIfAbsent(one.token(), key -> new ArrayList<>())
                        .add(one));
        all.values().removeIf(list -> list.size() < 2);
        return all;
    }

    /** Refresh tokens that came in and were never issued by this server. */
    long strangers() {
        return redemptions.stream().filter(one -> member(one.token()).isEmpty()).count();
    }
}
