package dev.bulla.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Every text that the pages say, by key; a host replaces what it wants to say in another way, or another language. Immutable. */
final class Texts {
    /** Behind this, and the code, a host may put its own sentence for what core says in English. */
    static final String ADVICE = "advice.";

    private final Map<String, String> texts;

    private Texts(Map<String, String> texts) {
        this.texts = texts;
    }

    /**
     * @param own the host's, in place of ours
     * @throws IllegalArgumentException for a key that no page knows
     */
    static Texts with(Map<String, String> own) {
        Map<String, String> all = new LinkedHashMap<>();
        ours().forEach((key, text) -> all.put(String.valueOf(key), String.valueOf(text)));
        own.forEach((key, text) -> {
            if (!all.containsKey(key) && !key.startsWith(ADVICE)) {
                throw new IllegalArgumentException("the pages have no text '" + key + "'");
            }
            all.put(key, text);
        });
        return new Texts(Map.copyOf(all));
    }

    static Properties ours() {
        Properties texts = new Properties();
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream("texts.properties"));
                InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /**
     * The text of a key, with values in place of {@code {0}}, {@code {1}} and so on.
     *
     * @throws IllegalStateException where there is no such text
     */
    String say(String key, Object... values) {
        String text = find(key).orElseThrow(() -> new IllegalStateException("there is no text '" + key + "'"));
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            boolean place = open >= 0
                    && open + 2 < text.length()
                    && text.charAt(open + 2) == '}'
                    && Character.digit(text.charAt(open + 1), 10) >= 0
                    && Character.digit(text.charAt(open + 1), 10) < values.length;
            int end = open < 0 ? text.length() : place ? open : open + 1;
            out.append(text, at, end);
            if (place) {
                out.append(values[Character.digit(text.charAt(open + 1), 10)]);
                end = open + 3;
            }
            at = end;
        }
        return out.toString();
    }

    /** The text for one, or for another number; {@code {0}} is the number. */
    String count(String key, long number) {
        return say(key + (number == 1 ? ".one" : ".other"), number);
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(texts.get(key));
    }
}
