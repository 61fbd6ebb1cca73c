package dev.bulla.testkit.provider;

import dev.bulla.http.StrictJson;
import dev.bulla.provider.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One documented step, and what a provider makes of it; see {@link ProviderContract} for the format. */
final class Transcript {
    private final Json json;
    private final String raw;
    private final Values values;

    private Transcript(Json json, String raw, Values values) {
        this.json = json;
        this.raw = raw;
        this.values = values;
    }

    /** All transcripts of a folder on the class path, by name, without values. */
    static List<Transcript> in(String folder, ClassLoader loader) {
        URL url = loader.getResource(folder);
        if (url == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Transcript::read)
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("transcripts are files of a folder: " + url, e);
        }
    }

    private static Transcript read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return new Transcript(StrictJson.document(bytes), text, Values.NONE);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("can not read " + file, e);
        }
    }

    Transcript with(Values filled) {
        return new Transcript(json, raw, filled);
    }

    /** What the service says. */
    record Answer(int status, Map<String, String> headers, String body) {
        Answer withBody(String other) {
            return new Answer(status, headers, other);
        }

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** A request with its answer. */
    record Exchange(Asked asked, Answer answer) {}

    /** The requests of the step, in their order, each with its answer. */
    List<Exchange> exchanges() {
        List<Exchange> all = new ArrayList<>(List.of(exchange(json)));
        json.list("then").orElse(List.of()).forEach(one -> all.add(exchange(json(one))));
        return all;
    }

    private Exchange exchange(Json from) {
        return new Exchange(new Asked(from.object("request").orElseThrow(), values), answer(from, values));
    }

    static Answer answer(Json from, Values values) {
        return new Answer(
                from.number("response", "status").map(BigDecimal::intValueExact).orElse(0),
                Asked.filled(from.object("response", "headers"), values),
                values.fill(from.text("response", "body").orElse("")));
    }

    /** The objects in a list of the transcript. */
    List<Json> objects(String name) {
        return json.objects(name);
    }

    Answer answer() {
        return exchanges().get(0).answer();
    }

    Asked asked() {
        return exchanges().get(0).asked();
    }

    String name() {
        return json.text("name").orElse("");
    }

    String step() {
        return json.text("step").orElse("");
    }

    boolean hasSources() {
        List<?> sources = json.list("sources").orElse(List.of());
        return !sources.isEmpty()
                && sources.stream()
                        .allMatch(one -> one instanceof Map<?, ?> map
                                && map.get("url") instanceof String url
                                && url.startsWith("https://")
                                && map.get("read") instanceof String read
                                && read.matches("\\d{4}-\\d{2}-\\d{2}"));
    }

    /** Whether this placeholder stands somewhere in it. */
    boolean mentions(String placeholder) {
        return raw.contains("{" + placeholder + "}");
    }

    /** Plain values that this transcript goes by, in place of the usual ones. */
    Map<String, String> input() {
        Map<String, String> input = new LinkedHashMap<>();
        json.object("input")
                .ifPresent(all -> all.names().forEach(name -> all.id(name).ifPresent(value -> input.put(name, value))));
        return input;
    }

    /** A list among the input. */
    Optional<List<String>> inputs(String name) {
        return json.list("input", name).map(Transcript::texts);
    }

    /** Longer values with a name, for the other transcripts too. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        json.object("texts")
                .ifPresent(all -> all.names().stream()
                        .filter(name -> !TestKeys.placeholders().containsKey(name))
                        .forEach(name -> texts.put(name, all.text(name).orElse(""))));
        return texts;
    }

    Expected expected() {
        return new Expected(json.object("expect").orElseThrow(), values);
    }

    /** What somebody types into a form, and what becomes of it: what is kept, or the fields that are refused. */
    record Case(Map<String, String> typed, Map<String, String> kept, List<String> refused, String why) {}

    List<Case> cases() {
        return objects(
                "cases",
                one -> new Case(
                        Asked.filled(one.object("typed"), values),
                        Asked.filled(one.object("kept"), values),
                        one.list("refused").map(Transcript::texts).orElse(List.of()),
                        one.text("why").orElse("")));
    }

    /** A field of a form. */
    record FormField(String of, String name, boolean secret, boolean required) {}

    List<FormField> fields() {
        return objects(
                "fields",
                one -> new FormField(
                        one.text("of").orElse(""),
                        one.text("name").orElse(""),
                        one.flag("secret").orElse(false),
                        one.flag("required").orElse(false)));
    }

    private <T> List<T> objects(String name, Function<Json, T> each) {
        return json.list(name).orElse(List.of()).stream()
                .map(one -> each.apply(json(one)))
                .toList();
    }

    private static Json json(@Nullable Object object) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((name, value) -> fields.put(String.valueOf(name), value));
        }
        return new Json(fields);
    }

    static List<String> texts(List<?> list) {
        return list.stream().map(String.class::cast).toList();
    }

    /** Where the step takes place. */
    URI url() {
        return asked().url();
    }

    @Override
    public String toString() {
        return name();
    }
}
