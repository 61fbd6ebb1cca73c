package dev.bulla.oauth2;

import com.squareup.moshi.JsonWriter;
import dev.bulla.provider.HttpCall;
import dev.bulla.provider.OAuth2Spec;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import okio.Buffer;

/** How parameters are written. */
final class Wire {
    private Wire() {}

    /** {@code application/x-www-form-urlencoded} (RFC 6749 appendix B). */
    static byte[] form(Map<String, String> parameters) {
        return pairs(parameters).getBytes(StandardCharsets.US_ASCII);
    }

    /** The same for the query of a URL, with blanks as {@code %20}, which every server reads alike. */
    static String query(Map<String, String> parameters) {
        return pairs(parameters).replace("+", "%20").replace("*", "%2A");
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static byte[] json(Map<String, String> parameters) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            writer.beginObject();
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                writer.name(parameter.getKey()).value(parameter.getValue());
            }
            writer.endObject();
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to be written");
        }
        return buffer.readByteArray();
    }

    /** The request with what goes along with every request to the service. */
    static HttpCall headers(HttpCall call, OAuth2Spec spec) {
        HttpCall more = call.header("Accept", "application/json");
        for (Map.Entry<String, String> header : spec.headers().entrySet()) {
            more = more.header(header.getKey(), header.getValue());
        }
        return more;
    }

    private static String pairs(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
                .collect(Collectors.joining("&"));
    }
}
