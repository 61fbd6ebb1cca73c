package dev.bulla.testkit.provider;

import dev.bulla.http.StrictJson;
import dev.bulla.provider.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One documented request with its answer, and what a provider makes of it; see {@link ProviderContract} for the format. */
final class Transcript {
    private final Json json;
    private final Values values;

    private Transcript(Json json, Values values) {
        this.json = json;
        this.values = values;
    }

    /** All transcripts of a folder on the class path, by name. */
    static List<Transcript> in(String folder, ClassLoader loader, Values values) {
        URL url = loader.getResource(folder);
        if (url == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> read(file, values))
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("transcripts are files of a folder: " + url, e);
        }
    }

    private static Transcript read(Path file, Values values) {
        try {
            return new Transcript(StrictJson.document(Files.readAllBytes(file)), values);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("can not read " + file, e);
        }
    }

    Answer answer() {
        return new Answer(
                json.number("response", "status").map(BigDecimal::intValueExact).orElse(0),
                filled(json.object("response", "headers")),
                values.fill(json.text("response", "body").orElse("")));
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

    String provider() {
        return json.text("provider").orElse("");
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

    String method() {
        return json.text("request", "method").orElseThrow();
    }

    URI url() {
        return URI.create(values.fill(json.text("request", "url").orElseThrow()));
    }

    Map<String, String> headers() {
        return filled(json.object("request", "headers"));
    }

    Map<String, String> query() {
        return filled(json.object("request", "query"));
    }

    Map<String, String> form() {
        return filled(json.object("request", "form"));
    }

    Optional<Map<String, String>> jsonBody() {
        return json.object("request", "json").map(body -> filled(Optional.of(body)));
    }

    boolean basicAuth() {
        return json.flag("request", "basicAuth").orElse(false);
    }

    List<String> absent() {
        return texts(json.list("request", "absent").orElse(List.of()));
    }

    /** Whether the request carries this secret, wherever. */
    boolean sends(String value) {
        return form().containsValue(value)
                || jsonBody().map(body -> body.containsValue(value)).orElse(false)
                || headers().values().stream().anyMatch(header -> header.contains(value));
    }

    Expected expected() {
        return new Expected(json.object("expect").orElseThrow(), values);
    }

    /** Expected facts about one token set, or about the whole answer. Empty means: nothing there. */
    record Expected(Json json, Values values) {
        @Nullable
        String text(String name) {
            return json.text(name).map(values::fill).orElse(null);
        }

        @Nullable
        Long seconds(String name) {
            return json.number(name).map(BigDecimal::longValueExact).orElse(null);
        }

        @Nullable
        List<String> scopes() {
            return json.list("scopes").map(Transcript::texts).orElse(null);
        }

        Optional<Boolean> verified() {
            return json.flag("verified");
        }

        boolean isFailure() {
            return json.has("error") || json.has("class");
        }

        /** Named token sets, where the service has more than one. */
        Map<String, Expected> sets() {
            Map<String, Expected> sets = new LinkedHashMap<>();
            json.object("tokenSets")
                    .ifPresent(all -> all.names()
                            .forEach(name ->
                                    sets.put(name, new Expected(all.object(name).orElseThrow(), values))));
            return sets;
        }
    }

    private Map<String, String> filled(Optional<Json> object) {
        Map<String, String> filled = new LinkedHashMap<>();
        object.ifPresent(json -> json.names()
                .forEach(name -> filled.put(name, values.fill(json.text(name).orElse("")))));
        return filled;
    }

    private static List<String> texts(List<?> list) {
        return list.stream().map(String.class::cast).toList();
    }

    @Override
    public String toString() {
        return name();
    }
}
