package dev.bulla.integrations.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.audit.AuditQuery;
import dev.bulla.key.Grant;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client of the protocol's own SDK finds what it expects. */
class SdkClientTest {
    private final Office office = office();

    Office office() {
        return new Office();
    }

    @AfterEach
    void close() {
        office.close();
    }

    private McpSyncClient client(String bearer) {
        return McpClient.sync(HttpClientStreamableHttpTransport.builder(office.base())
                        .endpoint("/mcp/" + Office.TENANT)
                        .httpRequestCustomizer((request, method, address, body, context) ->
                                request.header("Authorization", "Bearer " + bearer))
                        .build())
                .requestTimeout(Duration.ofSeconds(20))
                .jsonSchemaValidator((schema, content) -> ValidationResponse.asValid("")) // no tool here declares one
                .build();
    }

    @Test
    void itListsAndCalls() {
        String grant = office.granted("alice", office.connected("alice"), Grant.connections("notes"));
        try (McpSyncClient client = client(grant)) {
            McpSchema.InitializeResult begun = client.initialize();
            assertThat(begun.serverInfo().name()).isEqualTo("office");
            assertThat(client.ping()).isNotNull();

            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .contains("notes__list_notes", "notes__create_note");

            McpSchema.CallToolResult result = client.callTool(McpSchema.CallToolRequest.builder("notes__create_note")
                    .arguments(Map.of("title", "one"))
                    .build());
            assertThat(result.isError()).isFalse();
            assertThat(result.structuredContent()).isEqualTo(Map.of("made", Map.of("title", "one")));
            assertThat(office.bulla
                            .tenant(Office.TENANT)
                            .audit()
                            .query(AuditQuery.all().onlyUses())
                            .entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(result.meta()).containsEntry("dev.bulla/entry", entry.id()));
        }
    }

    @Test
    void itHearsWhyACallWasRefused() {
        try (McpSyncClient client = client(office.connected("alice"))) {
            client.initialize();
            assertThatThrownBy(() -> client.callTool(McpSchema.CallToolRequest.builder("notes__delete_notes")
                            .build()))
                    .isInstanceOfSatisfying(
                            McpError.class,
                            e -> assertThat(e.getJsonRpcError().code()).isEqualTo(-32600))
                    .hasMessageContaining("denied");
        }
    }

    @Test
    void itDoesNotHangOverAStatus() {
        try (McpSyncClient client = client(office.keyed("bob"))) {
            client.initialize();
            assertThatThrownBy(() -> client.callTool(McpSchema.CallToolRequest.builder("notes__list_notes")
                            .build()))
                    .hasStackTraceContaining("412");
        }
    }
}
