package dev.bulla.web;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.http.StrictJson;
import dev.bulla.model.Origin;
import dev.bulla.provider.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One HTTP request as a plain value. {@code toString} shows the method only, because queries, cookies, forms and bodies hold secrets.
 *
 * @param method upper-case method
 * @param path decoded path, without the query
 * @param query raw query as it arrived, without the question mark; empty where there is none
 * @param headers all headers; names are kept in lower case
 * @param form decoded fields of the body, where it was a form
 * @param body text of the body, where it was something else; empty where there was none
 * @param remote address of the peer, by which limits count; empty where it is unknown
 * @param raw the bytes of the body as they arrived, a form's too; empty where something before the adapter has read them
 */
public record WebRequest(
        String method,
        String path,
        String query,
        Map<String, List<String>> headers,
        Map<String, List<String>> form,
        String body,
        String remote,
        Optional<RawBody> raw) {
    /** What a handler takes of a body, in bytes, but for what services send by themselves; a longer one is answered with 413. */
    public static final int LONGEST_BODY = 64 * 1024;

    /** What an adapter reads of a body at most, in bytes, whatever the route; a longer one is answered with 413. */
    public static final int LONGEST_RAW = 1024 * 1024;

    public WebRequest {
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        headers = Map.copyOf(lower);
        form = Map.copyOf(form);
    }

    /** A request whose body was text, if there was one; that of a form is taken as read by somebody else. */
    public WebRequest(
            String method,
            String path,
            String query,
            Map<String, List<String>> headers,
            Map<String, List<String>> form,
            String body,
            String remote) {
        this(
                method,
                path,
                query,
                headers,
                form,
                body,
                remote,
                form.isEmpty() ? Optional.of(RawBody.of(body.getBytes(StandardCharsets.UTF_8))) : Optional.empty());
    }

    /** The same request with another query. */
    public WebRequest withQuery(String value) {
        return new WebRequest(method, path, value, headers, form, body, remote, raw);
    }

    /** Whether the body is longer than {@link #LONGEST_BODY}. */
    public boolean isLong() {
        return raw.map(RawBody::size).orElseGet(() -> Math.max(body.length(), length(form))) > LONGEST_BODY;
    }

    /** How long a form is at least, as it is sent. */
    static int length(Map<String, List<String>> form) {
        return form.entrySet().stream()
                        .mapToInt(entry -> entry.getValue().stream()
                                .mapToInt(value -> entry.getKey().length() + value.length() + 2)
                                .sum())
                        .sum()
                - (form.isEmpty() ? 0 : 1);
    }

    /** Who asks from where, for the sessions that are opened for this request. */
    public Origin origin() {
        return remote.length() > 190 || remote.chars().anyMatch(Character::isISOControl)
                ? Origin.UNKNOWN
                : new Origin(remote, "");
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** The first field of this name in the form. */
    public Optional<String> field(String name) {
        return form.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The first parameter of this name in the query; a query that can not be decoded has none. */
    public Optional<String> parameter(String name) {
        try {
            return decode(query).getOrDefault(name, List.of()).stream().findFirst();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The body as one JSON object; an empty one where there is no body.
     *
     * @throws BullaException {@code INVALID_ARGUMENT} where it is no single, well-formed object without doubled names
     */
    public Json json() {
        if (body.isEmpty()) {
            return new Json(Map.of());
        }
        try {
            return StrictJson.document(body.getBytes(StandardCharsets.UTF_8));
        } catch (BullaException e) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "the body is not a JSON object");
        }
    }

    /** Cookies by name; of two with one name the first counts (RFC 6265 section 5.4 sends the more specific one first). */
    public Map<String, String> cookies() {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (String line : headers.getOrDefault("cookie", List.of())) {
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    cookies.putIfAbsent(
                            pair.substring(0, equals).strip(),
                            pair.substring(equals + 1).strip());
                }
            }
        }
        return cookies;
    }

    /**
     * Reads {@code application/x-www-form-urlencoded}.
     *
     * @throws IllegalArgumentException where a percent sign stands alone
     */
    public static Map<String, List<String>> decode(String encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), key -> new ArrayList<>())
                        .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    @Override
    public String toString() {
        return "WebRequest[" + method + "]";
    }
}
