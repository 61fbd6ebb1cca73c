package dev.bulla.entity;

import dev.bulla.model.Entity;
import dev.bulla.model.EntityPage;
import dev.bulla.provider.EntitySource;
import dev.bulla.provider.EntitySource.News;
import dev.bulla.provider.Json;
import dev.bulla.provider.Provider;
import dev.bulla.store.EntityRow;
import dev.bulla.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps what is known of the things at the services. Thread-safe. */
public final class EntityKeeper {
    private static final int PAGE = 200;

    private final Store store;

    public EntityKeeper(Store store) {
        this.store = store;
    }

    Optional<EntityRow> find(Home home, String kind, String id) {
        return store.entities().find(home.tenant(), home.connectionId(), kind, id);
    }

    void put(Home home, List<EntityRow> rows) {
        store.entities().put(home.tenant(), home.connectionId(), rows);
    }

    long now() {
        return store.now();
    }

    void forgetOld(Home home, String kind, long seenBefore) {
        store.entities().forget(home.tenant(), home.connectionId(), kind, seenBefore);
    }

    /**
     * An event of the service's webhooks, verified: what it says of known kinds is kept.
     *
     * @param type of the event, as {@link News} writes it
     */
    public void heard(String tenant, String connectionId, Provider provider, String type, Json body) {
        Home home = new Home(tenant, connectionId, provider);
        List<EntityRow> rows = new ArrayList<>();
        for (EntitySource source : provider.entities()) {
            EntityReader reader = new EntityReader(home, source);
            source.news().stream()
                    .filter(news -> news.type().equals(type))
                    .flatMap(news -> heard(home, source, reader, news, body).stream())
                    .forEach(rows::add);
        }
        put(home, rows);
    }

    private Optional<EntityRow> heard(Home home, EntitySource source, EntityReader reader, News news, Json body) {
        if (news.effect() == EntitySource.Effect.TOLD) {
            return reader.at(body, news.at()).map(reader::orDoubtful);
        }
        boolean ended = news.effect() == EntitySource.Effect.ENDED;
        return reader.id(body, news.at())
                .flatMap(id -> find(home, source.kind(), id)
                        .map(row -> reader.row(id, row.name(), EntityReader.DOUBTFUL, ended || row.gone())));
    }

    /** How many of each kind are known. */
    public Map<String, Long> counts(String tenant, String connectionId) {
        return store.entities().counts(tenant, connectionId);
    }

    public Optional<Entity> get(String tenant, String connectionId, String kind, String id) {
        if (!canBe(kind + id)) {
            return Optional.empty();
        }
        return store.entities()
                .find(tenant, connectionId, kind, id)
                .filter(row -> !row.gone())
                .map(EntityKeeper::view);
    }

    /** @param next as the former page named it; what is none begins anew */
    public EntityPage list(
            String tenant, String connectionId, String kind, String search, @Nullable String next, int limit) {
        if (!canBe(kind + search)) {
            return new EntityPage(List.of(), null);
        }
        int most = Math.max(1, Math.min(limit, PAGE));
        List<EntityRow> rows = store.entities()
                .list(
                        tenant,
                        connectionId,
                        kind,
                        search.strip().toLowerCase(Locale.ROOT),
                        after(tenant, connectionId, kind, next),
                        most + 1);
        List<EntityRow> page = rows.subList(0, Math.min(most, rows.size()));
        return new EntityPage(
                page.stream().map(EntityKeeper::view).toList(), rows.size() > most ? mark(page.get(most - 1)) : null);
    }

    public int forget(String tenant, String connectionId, @Nullable String kind) {
        return store.entities().forget(tenant, connectionId, kind, Long.MAX_VALUE);
    }

    /** No kind, id or name has control characters, and not every database takes them in a question. */
    private static boolean canBe(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    private static Entity view(EntityRow row) {
        return new Entity(
                row.kind(),
                row.id(),
                row.name(),
                EntityReader.attributes(row.attributes()),
                Instant.ofEpochMilli(row.seenAt()));
    }

    private static String mark(EntityRow last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last.folded() + "\n" + last.id()).getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable EntityRow after(String tenant, String connectionId, String kind, @Nullable String next) {
        if (next == null) {
            return null;
        }
        try {
            String mark = new String(Base64.getUrlDecoder().decode(next), StandardCharsets.UTF_8);
            int end = mark.indexOf('\n');
            return end < 0 || !canBe(mark.substring(0, end) + mark.substring(end + 1))
                    ? null
                    : new EntityRow(
                            tenant,
                            connectionId,
                            kind,
                            mark.substring(end + 1),
                            "",
                            mark.substring(0, end),
                            "",
                            false,
                            0);
        } catch (IllegalArgumentException e) { // typed by somebody
            return null;
        }
    }
}
