package dev.bulla.handshake;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parameters in the query of an address; those that are not touched stay as they are written. Not thread-safe. */
final class AddressQuery {
    private final String address;
    private final List<String> pairs = new ArrayList<>();

    /** @param uri without a fragment */
    AddressQuery(URI uri) {
        String text = uri.toString();
        int query = text.indexOf('?');
        address = query < 0 ? text : text.substring(0, query);
        if (query >= 0 && query + 1 < text.length()) {
            pairs.addAll(List.of(text.substring(query + 1).split("&")));
        }
    }

    /** Whether the parameter stands there once, and with this value. */
    boolean says(String name, String value) {
        List<String> named = new ArrayList<>(pairs);
        named.removeIf(pair -> !name(pair).equals(name));
        return named.size() == 1 && value(named.get(0)).equals(value);
    }

    AddressQuery remove(String name) {
        pairs.removeIf(pair -> name(pair).equals(name));
        return this;
    }

    /** In place of every parameter of this name. */
    AddressQuery set(String name, String value) {
        remove(name);
        pairs.add(encode(name) + "=" + encode(value));
        return this;
    }

    URI toUri() {
        return URI.create(pairs.isEmpty() ? address : address + "?" + String.join("&", pairs));
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return decode(equals < 0 ? pair : pair.substring(0, equals));
    }

    private static String value(String pair) {
        int equals = pair.indexOf('=');
        return equals < 0 ? "" : decode(pair.substring(equals + 1));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
