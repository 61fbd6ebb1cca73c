package dev.bulla.model;

import java.util.Map;

/**
 * A callback as it arrived. {@code toString} shows the path's last segment only.
 *
 * @param pathId the last segment of the path
 * @param query the raw query, still encoded, without the question mark
 * @param cookies cookies by name
 */
public record CallbackRequest(String pathId, String query, Map<String, String> cookies) {
    public CallbackRequest {
        cookies = Map.copyOf(cookies);
    }

    /**
     * @param path the request path, such as {@code /bulla/callback/abc}
     * @param query the raw query, or null
     * @param cookies cookies by name
     */
    public static CallbackRequest of(
            String path, @org.jspecify.annotations.Nullable String query, Map<String, String> cookies) {
        return new CallbackRequest(path.substring(path.lastIndexOf('/') + 1), query == null ? "" : query, cookies);
    }

    @Override
    public String toString() {
        return "CallbackRequest[" + pathId + "]";
    }
}
