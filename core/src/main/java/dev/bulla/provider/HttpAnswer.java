package dev.bulla.provider;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A complete answer: status, headers (names in lower case) and body. {@code toString} shows status and size only. */
public final class HttpAnswer {
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /** @param headers names in lower case */
    public HttpAnswer(int status, Map<String, List<String>> headers, byte[] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    public int status() {
        return status;
    }

    public Map<String, List<String>> headers() {
        return headers;
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.stream().findFirst();
    }

    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + body.length + " bytes]";
    }
}
