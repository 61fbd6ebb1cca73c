package dev.bulla.provider;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an address for webhooks is registered by a service's API, and taken back: closed data. In the paths a name in braces stands for a
 * value that the owner gives, or for {@code {id}}, the service's own of what was registered. In the bodies a text that is nothing but such a
 * name is replaced by the value: {@code {address}}, {@code {secret}}, {@code {events}} (a list), {@code {id}} or one of the owner's.
 *
 * @param createPath path below the API, for a POST
 * @param createBody a JSON object
 * @param idPath where the answer says the id
 * @param deleteMethod how it is taken back
 * @param deletePath path below the API
 * @param deleteBody a JSON object, or empty for none
 * @param values names of what the owner gives
 * @param events what is asked for where the owner names no events
 */
public record WebhookRegistration(
        String createPath,
        Map<String, ?> createBody,
        List<String> idPath,
        String deleteMethod,
        String deletePath,
        Map<String, ?> deleteBody,
        List<String> values,
        List<String> events) {
    private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    public WebhookRegistration {
        createBody = Map.copyOf(createBody);
        deleteBody = Map.copyOf(deleteBody);
        idPath = List.copyOf(idPath);
        values = List.copyOf(values);
        events = List.copyOf(events);
    }

    /**
     * A path with its values.
     *
     * @throws BullaException {@code INVALID_ARGUMENT} where a value is missing, or is no plain segment
     */
    public static String path(String template, Map<String, ?> given) {
        Matcher matcher = NAME.matcher(template);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String value = String.valueOf(given.get(matcher.group(1)));
            if (!given.containsKey(matcher.group(1)) || !SEGMENT.matcher(value).matches() || value.startsWith(".")) {
                throw new BullaException(
                        ErrorCode.INVALID_ARGUMENT, "'" + matcher.group(1) + "' is missing, or is no name that fits");
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(out).toString();
    }

    /** A body with its values; a field whose value is not there is left out. */
    public static Map<String, Object> body(Map<String, ?> template, Map<String, ?> given) {
        Map<String, Object> out = new LinkedHashMap<>();
        template.forEach((name, value) -> {
            Object filled = filled(value, given);
            if (filled != null) {
                out.put(name, filled);
            }
        });
        return out;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object filled(Object value, Map<String, ?> given) {
        if (value instanceof Map<?, ?> map) {
            return body((Map<String, ?>) map, given);
        }
        if (value instanceof List<?> list) {
            List<Object> out = new ArrayList<>();
            for (Object each : list) {
                Object filled = filled(each, given);
                if (filled != null) {
                    out.add(filled);
                }
            }
            return out;
        }
        if (value instanceof String text) {
            Matcher name = NAME.matcher(text);
            return name.matches() ? given.get(name.group(1)) : text;
        }
        return value;
    }
}
