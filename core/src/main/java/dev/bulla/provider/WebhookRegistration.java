package dev.bulla.provider;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an address for webhooks is registered by a service's API with a member's credential, and taken back: closed data.
 *
 * @param create registers
 * @param id where its answer says what the service calls the registration
 * @param delete takes back
 * @param values names of what the owner gives
 * @param events what is asked for where the owner names no events; empty: there is nothing to choose
 * @param each whether each event is registered by itself
 * @param secret where the service says the secret that it made: in the answer of {@code ask}, or without that in the first one; empty: it
 *     makes none
 * @param ask asks for that secret
 */
public record WebhookRegistration(
        Step create,
        List<String> id,
        Step delete,
        List<String> values,
        List<String> events,
        boolean each,
        List<String> secret,
        Optional<Step> ask) {
    private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    public WebhookRegistration {
        id = List.copyOf(id);
        values = List.copyOf(values);
        events = List.copyOf(events);
        secret = List.copyOf(secret);
    }

    /**
     * A request. In the path a name in braces stands for a value: one of the owner's, {@code {hook}}, a name of this address that never
     * changes, or {@code {id}}, of which only what is behind its last slash counts. In the body a text that is nothing but such a name is
     * replaced by the value: also {@code {address}}, {@code {secret}}, {@code {events}} (a list), or {@code {event}} where each is
     * registered by itself.
     *
     * @param path below the API
     * @param body a JSON object, or empty for none
     * @param isForm whether the body is sent as a form, with lists as repeated fields
     */
    public record Step(String method, String path, Map<String, ?> body, boolean isForm) {
        public Step {
            body = Map.copyOf(body);
        }

        /** With a JSON body. */
        public Step(String method, String path, Map<String, ?> body) {
            this(method, path, body, false);
        }

        /**
         * The path with its values.
         *
         * @throws BullaException {@code INVALID_ARGUMENT} where a value is missing, or is no plain segment
         */
        public String path(Map<String, ?> given) {
            Matcher matcher = NAME.matcher(path);
            StringBuilder out = new StringBuilder();
            while (matcher.find()) {
                String name = matcher.group(1);
                String value = String.valueOf(given.get(name));
                String segment = name.equals("id") ? value.substring(value.lastIndexOf('/') + 1) : value;
                if (!given.containsKey(name) || !SEGMENT.matcher(segment).matches() || segment.startsWith(".")) {
                    throw new BullaException(
                            ErrorCode.INVALID_ARGUMENT, "'" + name + "' is missing, or is no name that fits");
                }
                matcher.appendReplacement(out, Matcher.quoteReplacement(segment));
            }
            return matcher.appendTail(out).toString();
        }

        /** The body with its values; a field whose value is not there is left out. */
        public Map<String, Object> body(Map<String, ?> given) {
            return filled(body, given);
        }
    }

    /** For a service that makes no secret, and whose owners give nothing. */
    public static WebhookRegistration of(Step create, List<String> id, Step delete) {
        return new WebhookRegistration(create, id, delete, List.of(), List.of(), false, List.of(), Optional.empty());
    }

    public WebhookRegistration values(String... names) {
        return new WebhookRegistration(create, id, delete, List.of(names), events, each, secret, ask);
    }

    public WebhookRegistration events(String... usual) {
        return new WebhookRegistration(create, id, delete, values, List.of(usual), each, secret, ask);
    }

    public WebhookRegistration eachEvent() {
        return new WebhookRegistration(create, id, delete, values, events, true, secret, ask);
    }

    /** The first answer says the secret. */
    public WebhookRegistration secret(String... path) {
        return new WebhookRegistration(create, id, delete, values, events, each, List.of(path), ask);
    }

    /** A further request asks for the secret. */
    public WebhookRegistration asking(Step value, String... path) {
        return new WebhookRegistration(create, id, delete, values, events, each, List.of(path), Optional.of(value));
    }

    private static Map<String, Object> filled(Map<?, ?> template, Map<String, ?> given) {
        Map<String, Object> out = new LinkedHashMap<>();
        template.forEach((name, value) -> {
            Object filled = filled(value, given);
            if (filled != null) {
                out.put(String.valueOf(name), filled);
            }
        });
        return out;
    }

    private static @Nullable Object filled(Object value, Map<String, ?> given) {
        if (value instanceof Map<?, ?> map) {
            return filled(map, given);
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
