package dev.bulla.tool;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as a tool makes it: no credential is in it yet. Immutable; {@code toString} shows the method only. */
public final class ToolRequest {
    private final String method;
    private final String target;
    private final Map<String, String> headers;
    private final byte @Nullable [] body;
    private final String tokens;

    /**
     * @param method HTTP method
     * @param target path with query below the provider's API address, or an absolute URL of a host on its list
     * @param tokens name of the token set; empty: the main one
     */
    public ToolRequest(
            String method, String target, Map<String, String> headers, byte @Nullable [] body, String tokens) {
        this.method = method;
        this.target = target;
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        this.body = body == null ? null : body.clone();
        this.tokens = tokens;
    }

    public String method() {
        return method;
    }

    public String target() {
        return target;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** Null where there is none. */
    public byte @Nullable [] body() {
        return body == null ? null : Arrays.copyOf(body, body.length);
    }

    /** Name of the token set; empty: the main one. */
    public String tokens() {
        return tokens;
    }

    @Override
    public String toString() {
        return "ToolRequest[" + method + "]";
    }
}
