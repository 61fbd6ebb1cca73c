package dev.bulla.provider;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request that a provider wants sent. The hardened client sends it at most once, follows no redirect and bounds the answer.
 * Immutable; {@code toString} shows method, host and path only, as log lines and exceptions do.
 */
public final class HttpCall {
    /** What a request is for: it decides the limits and the connection pool. */
    public enum Purpose {
        /** Token, revocation and other calls that carry a credential of the protocol: no reuse of connections, at most 256 KiB. */
        TOKEN,
        /** Metadata and key sets: at most 512 KiB. */
        METADATA,
        /** A call to the service's API, with the member's credential. */
        API
    }

    private final Purpose purpose;
    private final String method;
    private final URI uri;
    private final Map<String, String> headers;
    private final byte @Nullable [] body;
    private final boolean secretPath;
    private final BooleanSupplier condition;

    private HttpCall(
            Purpose purpose,
            String method,
            URI uri,
            Map<String, String> headers,
            byte @Nullable [] body,
            boolean secretPath,
            BooleanSupplier condition) {
        this.purpose = purpose;
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.body = body;
        this.secretPath = secretPath;
        this.condition = condition;
    }

    /** @param body the bytes to send, or null for none; their type goes into the {@code Content-Type} header */
    public static HttpCall of(Purpose purpose, String method, URI uri, byte @Nullable [] body) {
        return new HttpCall(purpose, method, uri, Map.of(), body == null ? null : body.clone(), false, () -> true);
    }

    /** A copy with one more header; a former value under the same name (in any case) is replaced. */
    public HttpCall header(String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(headers);
        copy.keySet().removeIf(name::equalsIgnoreCase);
        copy.put(name, value);
        return new HttpCall(
                purpose, method, uri, java.util.Collections.unmodifiableMap(copy), body, secretPath, condition);
    }

    /** A copy that goes elsewhere. */
    public HttpCall to(URI value) {
        return new HttpCall(purpose, method, value, headers, body, secretPath, condition);
    }

    /** A copy whose path is shown nowhere, for a service that wants a credential in it. */
    public HttpCall withSecretPath() {
        return new HttpCall(purpose, method, uri, headers, body, true, condition);
    }

    /**
     * A copy that leaves only while this is true: asked when the service is connected, just before the first byte. Where it is not, the
     * call fails as one that did not reach the service. It replaces a former condition.
     */
    public HttpCall onlyWhile(BooleanSupplier value) {
        return new HttpCall(purpose, method, uri, headers, body, secretPath, value);
    }

    /** Whether it may still leave. */
    public boolean mayLeave() {
        return condition.getAsBoolean();
    }

    public Purpose purpose() {
        return purpose;
    }

    public String method() {
        return method;
    }

    public URI uri() {
        return uri;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public byte @Nullable [] body() {
        return body == null ? null : body.clone();
    }

    @Override
    public String toString() {
        return method + " " + uri.getHost() + (secretPath ? "/[redacted]" : uri.getRawPath());
    }
}
