package dev.bulla.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Limits;
import dev.bulla.store.ToolRow;
import dev.bulla.store.ToolStore;
import dev.bulla.store.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

interface ToolPromises extends OnBench {
    private ToolStore tools() {
        return bench().store.tools();
    }

    private static ToolRow tool(ConnectionRow connection, String name, String body) {
        return new ToolRow(connection.tenant(), connection.id(), "TOOL", name, body);
    }

    private static ToolRow listed(ConnectionRow connection, String name) {
        return new ToolRow(connection.tenant(), connection.id(), "LISTED", name, null);
    }

    private List<ToolRow> of(ConnectionRow connection) {
        return tools().ofConnection(connection.tenant(), connection.id());
    }

    private long rulesNo(ConnectionRow connection) {
        return bench().store
                .connections()
                .find(connection.tenant(), connection.id())
                .orElseThrow()
                .rulesNo();
    }

    @Test
    default void toolsAreReplacedAsAWholeAndCounted() {
        ConnectionRow connection = bench().connection();
        ToolRow first = tool(connection, "first", "{\"name\":\"first\"}");
        ToolRow same = listed(connection, "first");

        assertThat(tools().replace(connection.tenant(), connection.id(), 0, List.of(first, same)))
                .isEqualTo(Write.DONE);
        assertThat(of(connection)).containsExactly(same, first);
        assertThat(rulesNo(connection)).isEqualTo(1);

        ToolRow other = tool(connection, "other", "{}");
        assertThat(tools().replace(connection.tenant(), connection.id(), 1, List.of(other)))
                .isEqualTo(Write.DONE);
        assertThat(of(connection)).containsExactly(other);

        assertThat(tools().replace(connection.tenant(), connection.id(), 2, List.of()))
                .isEqualTo(Write.DONE);
        assertThat(of(connection)).isEmpty();
        assertThat(rulesNo(connection)).isEqualTo(3);
    }

    @Test
    default void toolsOfAnOvertakenReaderAreNotWritten() {
        ConnectionRow connection = bench().connection();
        ToolRow first = tool(connection, "first", "{}");
        tools().replace(connection.tenant(), connection.id(), 0, List.of(first));

        assertThat(tools().replace(connection.tenant(), connection.id(), 0, List.of(tool(connection, "late", "{}"))))
                .isEqualTo(Write.MOVED);

        assertThat(of(connection)).containsExactly(first);
        assertThat(rulesNo(connection)).isEqualTo(1);
    }

    @Test
    default void toolsBelongToOneConnectionOfOneTenant() {
        ConnectionRow connection = bench().connection();
        ConnectionRow neighbour = bench().connection();
        ToolRow kept = tool(neighbour, "kept", "{}");
        tools().replace(neighbour.tenant(), neighbour.id(), 0, List.of(kept));
        tools().replace(connection.tenant(), connection.id(), 0, List.of(tool(connection, "first", "{}")));
        tools().replace(connection.tenant(), connection.id(), 1, List.of());

        assertThat(of(neighbour)).containsExactly(kept);
        assertThat(tools().ofConnection(neighbour.tenant() + " ", neighbour.id()))
                .isEmpty();
        assertThat(tools().replace(neighbour.tenant() + " ", neighbour.id(), 1, List.of()))
                .isEqualTo(Write.MOVED);
        assertThatThrownBy(() -> tools().replace(connection.tenant(), connection.id(), 2, List.of(kept)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(of(neighbour)).containsExactly(kept);
    }

    @Test
    default void toolsAreGoneWithTheirConnection() {
        ConnectionRow connection = bench().connection();
        tools().replace(connection.tenant(), connection.id(), 0, List.of(tool(connection, "first", "{}")));

        bench().store.connections().delete(connection.tenant(), connection.id(), connection.rowVersion(), true);

        assertThat(of(connection)).isEmpty();
        assertThat(tools().replace(connection.tenant(), connection.id(), 1, List.of()))
                .isEqualTo(Write.MOVED);
    }

    @Test
    default void manyLongToolsAreKept() {
        ConnectionRow connection = bench().connection();
        List<ToolRow> rows = java.util.stream.IntStream.range(0, 300)
                .mapToObj(i -> tool(connection, "tool_" + (1000 + i), "{\"d\":\"" + "ü€".repeat(2_000) + i + "\"}"))
                .toList();

        tools().replace(connection.tenant(), connection.id(), 0, rows);

        assertThat(of(connection)).containsExactlyElementsOf(rows);
        String tooLong = "x".repeat(Limits.CONTENT + 1);
        assertThatThrownBy(() -> tools().replace(
                                connection.tenant(), connection.id(), 1, List.of(tool(connection, "long", tooLong))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("xx");
    }
}
