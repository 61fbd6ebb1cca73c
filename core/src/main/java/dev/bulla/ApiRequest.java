package dev.bulla;

import dev.bulla.provider.Tokens;
import dev.bulla.tool.ToolRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a service's API. The credential is attached by the session, as the provider says; a caller can not set that header.
 * Immutable; {@code toString} shows the method only.
 */
public final class ApiRequest {
    private final String method;
    private final String target;
    private final Map<String, String> headers;
    private final byte @Nullable [] body;
    private final String tokens;

    private ApiRequest(
            String method, String target, Map<String, String> headers, byte @Nullable [] body, String tokens) {
        this.method = method;
        this.target = target;
        this.headers = headers;
        this.body = body;
        this.tokens = tokens;
    }

    /**
     * @param method HTTP method
     * @param target a path with query below the provider's API address, or an absolute https URL of a host on the provider's list
     */
    public static ApiRequest of(String method, String target) {
        return new ApiRequest(method, target, Map.of(), null, Tokens.MAIN);
    }

    public static ApiRequest get(String target) {
        return of("GET", target);
    }

    public static ApiRequest delete(String target) {
        return of("DELETE", target);
    }

    /** A POST with a JSON body. */
    public static ApiRequest post(String target, String json) {
        return of("POST", target).body("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    public ApiRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiRequest(method, target, more, body, tokens);
    }

    public ApiRequest body(String contentType, byte[] bytes) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put("Content-Type", contentType);
        return new ApiRequest(method, target, more, bytes.clone(), tokens);
    }

    /** Uses another named token set than the usual one, where the account has several. */
    public ApiRequest as(String tokenSet) {
        return new ApiRequest(method, target, headers, body, tokenSet);
    }

    ToolRequest request() {
        return new ToolRequest(method, target, headers, body, tokens);
    }

    @Override
    public String toString() {
        return "ApiRequest[" + method + "]";
    }
}
