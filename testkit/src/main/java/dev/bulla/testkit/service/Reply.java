package dev.bulla.testkit.service;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answers, and what happens to the answer on its way. Immutable; {@code toString} shows status and fate only.
 *
 * @param status HTTP status
 * @param headers further headers
 * @param fields the JSON object of the body
 * @param odd a body that stands in place of the fields, or null
 * @param fate what happens on the way
 * @param delay how long the answer is held back
 */
public record Reply(
        int status,
        Map<String, String> headers,
        Map<String, Object> fields,
        @Nullable String odd,
        Fate fate,
        Duration delay) {

    /** What happens to an answer on its way. */
    public enum Fate {
        DELIVERED,
        /** Half of the body arrives, then the connection closes. */
        CUT,
        /** The connection closes without a byte. */
        LOST
    }

    static Reply json(int status, Map<String, Object> fields) {
        return new Reply(status, Map.of(), fields, null, Fate.DELIVERED, Duration.ZERO);
    }

    static Reply error(int status, String error) {
        return json(status, Map.of("error", error));
    }

    Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, fields, odd, fate, delay);
    }

    Reply with(Fate other) {
        return new Reply(status, headers, fields, odd, other, delay);
    }

    Reply after(Duration time) {
        return new Reply(status, headers, fields, odd, fate, time);
    }

    Reply body(String text) {
        return new Reply(status, headers, fields, text, fate, delay);
    }

    /** A copy whose fields are what the function makes of these. */
    public Reply shaped(UnaryOperator<Map<String, Object>> shape) {
        return new Reply(status, headers, shape.apply(new LinkedHashMap<>(fields)), odd, fate, delay);
    }

    /** The body as it goes over the wire. */
    public String text() {
        return odd != null ? odd : JSONObjectUtils.toJSONString(fields);
    }

    @Override
    public String toString() {
        return "Reply[" + status + ", " + fate + "]";
    }
}
