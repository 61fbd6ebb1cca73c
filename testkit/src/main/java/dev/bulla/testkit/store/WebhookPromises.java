package dev.bulla.testkit.store;

import static dev.bulla.testkit.store.Bench.id;
import static dev.bulla.testkit.store.Bench.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Limits;
import dev.bulla.store.Sealed;
import dev.bulla.store.UpkeepStore.WebhookRef;
import dev.bulla.store.WebhookRow;
import dev.bulla.store.WebhookStore;
import dev.bulla.store.WebhookStore.Counted;
import dev.bulla.store.Write;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

interface WebhookPromises extends OnBench {
    /** Of no other record. */
    int TERM = 734_001;

    private WebhookStore webhooks() {
        return bench().store.webhooks();
    }

    private static WebhookRow newWebhook(ConnectionRow connection) {
        return new WebhookRow(
                id(), connection.tenant(), connection.id(), sealed(40, TERM), 1, 0, 0, null, null, 0, id(), 0);
    }

    private static WebhookRow changed(WebhookRow read, Sealed sealed) {
        return new WebhookRow(
                read.id(),
                read.tenant(),
                read.connectionId(),
                sealed,
                read.sealNo() + 1,
                77,
                77,
                77L,
                77L,
                read.rowVersion(),
                id(),
                0);
    }

    private WebhookRow webhook() {
        WebhookRow row = newWebhook(bench().connection());
        assertThat(webhooks().insert(row)).isEqualTo(Write.DONE);
        return webhooks().find(row.tenant(), row.connectionId()).orElseThrow();
    }

    @Test
    default void webhookIsReadAsWritten() {
        long before = bench().store.now();
        WebhookRow row = newWebhook(bench().connection());
        assertThat(webhooks().insert(row)).isEqualTo(Write.DONE);
        WebhookRow read = webhooks().find(row.tenant(), row.connectionId()).orElseThrow();
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("rowVersion", "createdAt")
                .isEqualTo(row);
        assertThat(read.rowVersion()).isEqualTo(1);
        assertThat(read.createdAt()).isGreaterThanOrEqualTo(before);
        assertThat(bench().store.upkeep().webhook(row.id()).map(WebhookRef::tenant))
                .contains(row.tenant());
        assertThat(bench().store.upkeep().webhook(row.id()).map(WebhookRef::connectionId))
                .contains(row.connectionId());
        assertThat(bench().store.upkeep().webhook(id())).isEmpty();
        assertThat(webhooks().find("other-" + row.tenant(), row.connectionId())).isEmpty();
        assertThat(bench().store.upkeep().hostTermsInUse()).contains(TERM);
    }

    @Test
    default void webhookOfAConnectionIsOne() {
        ConnectionRow connection = bench().connection();
        WebhookRow first = newWebhook(connection);
        assertThat(webhooks().insert(first)).isEqualTo(Write.DONE);
        assertThat(webhooks().insert(first)).isEqualTo(Write.DONE);
        assertThat(webhooks().insert(newWebhook(connection))).isEqualTo(Write.MOVED);
        assertThat(webhooks().find(first.tenant(), connection.id()).map(WebhookRow::id))
                .contains(first.id());
    }

    @Test
    default void webhookOfAConnectionThatIsGoneIsNotAdded() {
        ConnectionRow connection = bench().connection();
        bench().store.connections().delete(connection.tenant(), connection.id(), connection.rowVersion(), true);
        assertThat(webhooks().insert(newWebhook(connection))).isEqualTo(Write.MOVED);
    }

    @Test
    default void webhookIsReplacedByWhoSawItLast() {
        WebhookRow read = webhook();
        WebhookRow first = changed(read, sealed("newer"));
        assertThat(webhooks().update(first)).isEqualTo(Write.DONE);
        assertThat(webhooks().update(first)).isEqualTo(Write.DONE);
        assertThat(webhooks().update(changed(read, sealed("newest")))).isEqualTo(Write.MOVED);
        WebhookRow now = webhooks().find(read.tenant(), read.connectionId()).orElseThrow();
        assertThat(now.rowVersion()).isEqualTo(2);
        assertThat(now.sealed()).isEqualTo(first.sealed());
        assertThat(now.accepted()).isZero();
    }

    @Test
    default void webhookIsDeletedByWhoSawItLast() {
        WebhookRow row = webhook();
        webhooks().isFirst(row.tenant(), row.id(), "digest", id(), 60_000);
        assertThat(webhooks().delete(row.tenant(), row.connectionId(), 2)).isEqualTo(Write.MOVED);
        assertThat(webhooks().delete(row.tenant(), row.connectionId(), 1)).isEqualTo(Write.DONE);
        assertThat(webhooks().find(row.tenant(), row.connectionId())).isEmpty();
        assertThat(bench().store.upkeep().webhook(row.id())).isEmpty();
        assertThat(webhooks().isFirst(row.tenant(), row.id(), "digest", id(), 60_000))
                .isTrue();
    }

    @Test
    default void webhookGoesWithItsConnection() {
        ConnectionRow connection = bench().connection();
        WebhookRow row = newWebhook(connection);
        webhooks().insert(row);
        webhooks().isFirst(row.tenant(), row.id(), "digest", id(), 60_000);
        ConnectionRow now = bench().store
                .connections()
                .find(connection.tenant(), connection.id())
                .orElseThrow();
        assertThat(bench().store.connections().delete(now.tenant(), now.id(), now.rowVersion(), true))
                .isEqualTo(Write.DONE);
        assertThat(webhooks().find(row.tenant(), row.connectionId())).isEmpty();
        assertThat(webhooks().isFirst(row.tenant(), row.id(), "digest", id(), 60_000))
                .isTrue();
    }

    @Test
    default void deliveryIsFirstOnceUntilItIsForgotten() {
        WebhookRow row = webhook();
        String attempt = id();
        assertThat(webhooks().isFirst(row.tenant(), row.id(), "digest", attempt, 60_000))
                .isTrue();
        assertThat(webhooks().isFirst(row.tenant(), row.id(), "digest", attempt, 60_000))
                .isTrue();
        assertThat(webhooks().isFirst(row.tenant(), row.id(), "digest", id(), 60_000))
                .isFalse();
        assertThat(webhooks().isFirst(row.tenant(), row.id(), "Digest", id(), 60_000))
                .isTrue();
        assertThat(webhooks().isFirst(row.tenant(), id(), "digest", id(), 60_000))
                .isTrue();
        bench().advance(59_000);
        assertThat(webhooks().isFirst(row.tenant(), row.id(), "digest", id(), 60_000))
                .isFalse();
        bench().advance(1_000);
        assertThat(webhooks().isFirst(row.tenant(), row.id(), "digest", id(), 60_000))
                .isTrue();
        assertThat(webhooks().isFirst(row.tenant(), row.id(), "digest", id(), 60_000))
                .isFalse();
    }

    @Test
    default void ofManyDeliveriesAtOnceOneIsFirst() {
        WebhookRow row = webhook();
        for (int round = 0; round < 5; round++) {
            String digest = id();
            List<Boolean> first =
                    Race.of(8, runner -> webhooks().isFirst(row.tenant(), row.id(), digest, id(), 60_000));
            assertThat(first).containsOnlyOnce(true);
        }
    }

    @Test
    default void deliveriesArePurgedWhenTheirTimeIsOver() {
        WebhookRow row = webhook();
        while (bench().store.upkeep().purgeWebhooks(1000) > 0) {} // what other tests left
        webhooks().isFirst(row.tenant(), row.id(), "one", id(), 1_000);
        webhooks().isFirst(row.tenant(), row.id(), "two", id(), 1_000);
        webhooks().isFirst(row.tenant(), row.id(), "three", id(), 90_000);
        bench().advance(2_000);
        assertThat(bench().store.upkeep().purgeWebhooks(1)).isEqualTo(1);
        assertThat(bench().store.upkeep().purgeWebhooks(1000)).isGreaterThanOrEqualTo(1);
        assertThat(webhooks().isFirst(row.tenant(), row.id(), "three", id(), 1)).isFalse();
    }

    @Test
    default void countsAreAdded() {
        WebhookRow row = webhook();
        webhooks()
                .count(List.of(
                        new Counted(row.tenant(), row.id(), 2, 0, 1_000, 0),
                        new Counted(row.tenant(), id(), 2, 0, 1_000, 0)));
        webhooks().count(List.of(new Counted(row.tenant(), row.id(), 1, 3, 2_000, 3_000)));
        webhooks().count(List.of(new Counted(row.tenant(), row.id(), 0, 1, 0, 4_000)));
        webhooks().count(List.of(new Counted("other-" + row.tenant(), row.id(), 9, 9, 9_000, 9_000)));
        Optional<WebhookRow> read = webhooks().find(row.tenant(), row.connectionId());
        assertThat(read.map(WebhookRow::accepted)).contains(3L);
        assertThat(read.map(WebhookRow::refused)).contains(4L);
        assertThat(read.map(WebhookRow::acceptedAt)).contains(2_000L);
        assertThat(read.map(WebhookRow::refusedAt)).contains(4_000L);
        assertThat(read.map(WebhookRow::rowVersion)).contains(1L);
    }

    @Test
    default void longWebhooksAreRefused() {
        WebhookRow row = webhook();
        assertThatThrownBy(() -> webhooks().isFirst(row.tenant(), row.id(), "d".repeat(65), id(), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> webhooks().update(changed(row, sealed(Limits.CONTENT + 1, TERM))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
