package dev.bulla.handshake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a callback, read strictly: at most 8 KiB, each parameter that counts at most once, the code printable ASCII of at
 * most 4 KiB (RFC 6749 section 4.1.2, appendix A). Values of other parameters, such as descriptions, are read only where the service signs them. {@code toString} shows nothing.
 */
final class CallbackQuery {
    private static final int MAX_QUERY = 8192;
    private static final int MAX_CODE = 4096;
    private static final Set<String> TOKENS = Set.of("access_token", "refresh_token", "id_token");
    private static final Set<String> COUNTED = Set.of("code", "state", "iss", "error");

    private final String raw;
    private final Map<String, String> values = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();
    private boolean readable = true;

    CallbackQuery(String raw) {
        this.raw = raw;
        if (raw.length() > MAX_QUERY) {
            readable = false;
            return;
        }
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            try {
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = COUNTED.contains(name) && equals >= 0 ? decode(pair.substring(equals + 1)) : "";
                if (values.put(name, value) != null) {
                    repeated.add(name);
                }
            } catch (IllegalArgumentException e) {
                readable = false;
            }
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Every parameter that stands there once and can be read, for a service that signs them all. */
    Map<String, String> all() {
        Map<String, String> all = new HashMap<>();
        for (String pair : readable ? raw.split("&") : new String[0]) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!repeated.contains(name)) {
                value(pair, equals).ifPresent(value -> all.put(name, value));
            }
        }
        return all;
    }

    private static Optional<String> value(String pair, int equals) {
        try {
            return Optional.of(equals < 0 ? "" : decode(pair.substring(equals + 1)));
        } catch (IllegalArgumentException e) { // not readable
            return Optional.empty();
        }
    }

    /** A parameter that stands there once and is not empty. */
    Optional<String> once(String name) {
        return repeated.contains(name)
                ? Optional.empty()
                : Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
    }

    boolean present(String name) {
        return values.containsKey(name);
    }

    Optional<String> state() {
        return readable ? once("state").filter(state -> state.matches("[A-Za-z0-9_-]{43}")) : Optional.empty();
    }

    Optional<String> code() {
        return readable
                ? once("code").filter(code -> code.length() <= MAX_CODE && code.matches("[\\x20-\\x7E]+"))
                : Optional.empty();
    }

    /** Whether nothing that counts is repeated or unreadable. */
    boolean clean() {
        return readable && COUNTED.stream().noneMatch(repeated::contains);
    }

    /** Tokens have no business in a callback: only the code flow is spoken. */
    boolean carriesTokens() {
        return TOKENS.stream().anyMatch(this::present);
    }

    @Override
    public String toString() {
        return "CallbackQuery[]";
    }
}
