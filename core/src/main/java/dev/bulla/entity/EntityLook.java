package dev.bulla.entity;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.EntitySource;
import dev.bulla.provider.EntitySource.Lookup;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.store.EntityRow;
import dev.bulla.tool.Tool;
import dev.bulla.vault.PlainJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is known of a thing when it is used. What was told within a day counts; what is older, doubtful or unknown is asked for once, where
 * the service has a way to ask. Without such a way the old counts. Thread-safe.
 */
public final class EntityLook {
    private static final Duration FRESH = Duration.ofDays(1);

    private final EntityKeeper keeper;
    private final Asked asked;

    public EntityLook(EntityKeeper keeper, Clock clock) {
        this.keeper = keeper;
        this.asked = new Asked(clock);
    }

    /** A question at the service. */
    public record Wanted(Tool tool, String argumentsJson) {}

    /**
     * The attributes of a thing.
     *
     * @param id in the canonical form of its kind
     * @param ask asks the service; empty where that can not be
     * @return empty where nothing is known
     */
    public Optional<Map<String, Set<String>>> attributes(
            Home home, String member, String kind, String id, Function<Wanted, Optional<HttpAnswer>> ask) {
        Optional<EntityRow> row = keeper.find(home, kind, id);
        boolean doubtful = row.filter(one -> !one.attributes().isEmpty()).isEmpty();
        boolean old = doubtful || row.get().seenAt() < keeper.now() - FRESH.toMillis();
        if (row.filter(EntityRow::gone).isPresent() && !old(row.get())) {
            return Optional.empty();
        }
        Optional<EntitySource> source = home.sources(kind).stream()
                .filter(one -> one.lookup().isPresent())
                .findFirst();
        if (old && source.isPresent()) {
            row = asked.mayAsk(home, member, kind, id) ? looked(home, source.get(), id, ask) : Optional.empty();
        } else if (doubtful) {
            row = Optional.empty();
        }
        return row.filter(one -> !one.gone()).map(one -> EntityReader.attributes(one.attributes()));
    }

    private boolean old(EntityRow row) {
        return row.seenAt() < keeper.now() - FRESH.toMillis();
    }

    /** What the service says is kept under the id that it names; it counts where that is the one that was asked for. */
    private Optional<EntityRow> looked(
            Home home, EntitySource source, String id, Function<Wanted, Optional<HttpAnswer>> ask) {
        Lookup lookup = source.lookup().orElseThrow();
        Optional<EntityRow> told = home.provider()
                .tools()
                .tool(lookup.tool())
                .flatMap(tool -> arguments(lookup, id).flatMap(json -> ask.apply(new Wanted(tool, json))))
                .flatMap(answer -> thing(home, source, lookup, answer));
        told.ifPresent(row -> keeper.put(home, List.of(row)));
        return told.filter(row -> row.id().equals(id));
    }

    private static Optional<EntityRow> thing(Home home, EntitySource source, Lookup lookup, HttpAnswer answer) {
        if (answer.status() != 200) {
            return Optional.empty();
        }
        try {
            return new EntityReader(home, source).at(StrictJson.document(answer), lookup.at());
        } catch (BullaException e) { // an answer that is none says nothing
            return Optional.empty();
        }
    }

    private static Optional<String> arguments(Lookup lookup, String id) {
        List<String> names = lookup.arguments();
        String[] parts = names.size() == 1 ? new String[] {id} : id.split("/", -1);
        if (parts.length != names.size()) {
            return Optional.empty();
        }
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i < parts.length; i++) {
            arguments.put(names.get(i), parts[i]);
        }
        return Optional.of(new String(PlainJson.write(arguments), StandardCharsets.UTF_8));
    }
}
