package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.store.ConnectionRow;
import dev.bulla.store.EntityRow;
import dev.bulla.store.EntityStore;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

interface EntityPromises extends OnBench {
    private EntityStore entities() {
        return bench().store.entities();
    }

    private void put(ConnectionRow connection, EntityRow... rows) {
        entities().put(connection.tenant(), connection.id(), List.of(rows));
    }

    private EntityRow entity(ConnectionRow connection, String id, String name) {
        return new EntityRow(
                connection.tenant(),
                connection.id(),
                "repository",
                id,
                name,
                name.toLowerCase(Locale.ROOT),
                "{\"visibility\":[\"public\"]}",
                false,
                0);
    }

    private List<String> ids(ConnectionRow connection, String search, @Nullable EntityRow after, int limit) {
        return entities().list(connection.tenant(), connection.id(), "repository", search, after, limit).stream()
                .map(EntityRow::id)
                .toList();
    }

    @Test
    default void whatWasSeenIsFoundWithTheTimeOfTheStore() {
        ConnectionRow connection = bench().connection();
        long before = bench().store.now();
        put(connection, entity(connection, "octo/hello", "Octo/Hello"));

        EntityRow found = entities()
                .find(connection.tenant(), connection.id(), "repository", "octo/hello")
                .orElseThrow();

        assertThat(found.name()).isEqualTo("Octo/Hello");
        assertThat(found.attributes()).isEqualTo("{\"visibility\":[\"public\"]}");
        assertThat(found.gone()).isFalse();
        assertThat(found.seenAt()).isGreaterThanOrEqualTo(before);
        assertThat(entities().find(connection.tenant(), connection.id(), "channel", "octo/hello"))
                .isEmpty();
        assertThat(entities().find(connection.tenant() + " ", connection.id(), "repository", "octo/hello"))
                .isEmpty();
        assertThat(entities().find(connection.tenant(), connection.id(), "repository", "Octo/hello"))
                .isEmpty();
    }

    @Test
    default void whatIsSeenAgainReplacesWhatWasKnown() {
        ConnectionRow connection = bench().connection();
        put(connection, entity(connection, "a", "Before"));
        EntityRow first = entities()
                .find(connection.tenant(), connection.id(), "repository", "a")
                .orElseThrow();
        bench().advance(1_000);

        put(connection, entity(connection, "a", "After"), entity(connection, "a", "At last"));

        EntityRow second = entities()
                .find(connection.tenant(), connection.id(), "repository", "a")
                .orElseThrow();
        assertThat(second.name()).isEqualTo("At last");
        assertThat(second.seenAt()).isGreaterThan(first.seenAt());
        assertThat(entities().counts(connection.tenant(), connection.id()))
                .containsExactly(java.util.Map.entry("repository", 1L));
    }

    @Test
    default void pagesFollowEachOtherByName() {
        ConnectionRow connection = bench().connection();
        put(
                connection,
                entity(connection, "3", "Beta"),
                entity(connection, "1", "alpha"),
                entity(connection, "2", "beta"),
                entity(connection, "4", "gamma"));
        List<EntityRow> page = entities().list(connection.tenant(), connection.id(), "repository", "", null, 2);

        assertThat(page).extracting(EntityRow::id).containsExactly("1", "2");
        assertThat(ids(connection, "", page.get(1), 2)).containsExactly("3", "4");
        assertThat(ids(connection, "", entity(connection, "4", "gamma"), 2)).isEmpty();
    }

    @Test
    default void searchTakesEveryLetterForItself() {
        ConnectionRow connection = bench().connection();
        put(
                connection,
                entity(connection, "1", "100%_done!"),
                entity(connection, "2", "100 are done"),
                entity(connection, "3", "a[b]"));

        assertThat(ids(connection, "100", null, 10)).containsExactly("2", "1");
        assertThat(ids(connection, "%", null, 10)).containsExactly("1");
        assertThat(ids(connection, "_", null, 10)).containsExactly("1");
        assertThat(ids(connection, "0%_d", null, 10)).containsExactly("1");
        assertThat(ids(connection, "e!", null, 10)).containsExactly("1");
        assertThat(ids(connection, "[b]", null, 10)).containsExactly("3");
        assertThat(ids(connection, "'", null, 10)).isEmpty();
    }

    @Test
    default void whatIsGoneIsFoundButNotListed() {
        ConnectionRow connection = bench().connection();
        EntityRow there = entity(connection, "a", "A");
        put(connection, there, entity(connection, "b", "B"));
        put(connection, new EntityRow(there.tenant(), there.connectionId(), "repository", "a", "A", "a", "", true, 0));

        assertThat(ids(connection, "", null, 10)).containsExactly("b");
        assertThat(entities().find(connection.tenant(), connection.id(), "repository", "a"))
                .hasValueSatisfying(row -> assertThat(row.gone()).isTrue());
        assertThat(entities().counts(connection.tenant(), connection.id())).containsEntry("repository", 1L);
    }

    @Test
    default void theOldIsForgotten() {
        ConnectionRow connection = bench().connection();
        put(connection, entity(connection, "a", "A"), entity(connection, "b", "B"));
        bench().advance(10_000);
        put(connection, entity(connection, "b", "B"));
        long since = bench().store.now() - 5_000;

        assertThat(entities().forget(connection.tenant(), connection.id(), "channel", since))
                .isZero();
        assertThat(entities().forget(connection.tenant() + " ", connection.id(), null, since))
                .isZero();
        assertThat(entities().forget(connection.tenant(), connection.id(), "repository", since))
                .isEqualTo(1);
        assertThat(ids(connection, "", null, 10)).containsExactly("b");
        assertThat(entities().forget(connection.tenant(), connection.id(), null, Long.MAX_VALUE))
                .isEqualTo(1);
        assertThat(ids(connection, "", null, 10)).isEmpty();
    }

    @Test
    default void entitiesGoWithTheirConnection() {
        ConnectionRow connection = bench().connection();
        ConnectionRow other = bench().connection();
        put(connection, entity(connection, "a", "A"));
        put(other, entity(other, "a", "A"));

        bench().store.connections().delete(connection.tenant(), connection.id(), connection.rowVersion(), true);
        put(connection, entity(connection, "late", "Late"));

        assertThat(entities().counts(connection.tenant(), connection.id())).isEmpty();
        assertThat(ids(other, "", null, 10)).containsExactly("a");
    }

    @Test
    default void aRowOfAnotherConnectionIsRefused() {
        ConnectionRow connection = bench().connection();
        assertThatThrownBy(() -> put(connection, entity(bench().connection(), "b", "B")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void aLongIdIsRefusedAndTheLongestIsKept() {
        ConnectionRow connection = bench().connection();
        String longest = "é".repeat(255);
        put(connection, entity(connection, longest, "ß" + id()));
        assertThat(entities().find(connection.tenant(), connection.id(), "repository", longest))
                .isPresent();
        assertThatThrownBy(() -> put(connection, entity(connection, longest + "x", "X")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
