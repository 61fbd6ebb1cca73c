package dev.bulla.testkit.provider;

import dev.bulla.provider.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** What is kept of the answer. */
    Map<String, String> extra() {
        return Asked.filled(json.object("extra"), values);
    }

    /** What there is to choose, as id and name; empty where the question fails. */
    Optional<List<Map.Entry<String, String>>> options() {
        return json.list("options")
                .map(all -> all.stream().map(one -> option((Map<?, ?>) one)).toList());
    }

    private Map.Entry<String, String> option(Map<?, ?> option) {
        return Map.entry(
                values.fill(String.valueOf(option.get("id"))), values.fill(String.valueOf(option.get("name"))));
    }

    /** What a choice leaves behind; texts, nothing where nothing may stand, and lists of ids. */
    Optional<Json> chosen() {
        return json.object("chosen");
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
