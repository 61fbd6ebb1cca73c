package dev.bulla.examples.mcpagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Agents of two SDKs do what the grant is for. */
class McpAgentTest {
    /** Of the TypeScript SDK. */
    private static final String SDK = "@modelcontextprotocol/sdk@1.32.2";

    private final McpAgent host = McpAgent.start(0);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void theJavaSdksClientListsAndCalls() {
        String grant = host.grant();
        try (McpSyncClient client = McpClient.sync(HttpClientStreamableHttpTransport.builder(host.address())
                        .endpoint("/mcp/" + McpAgent.TENANT)
                        .httpRequestCustomizer((request, method, address, body, context) ->
                                request.header("Authorization", "Bearer " + grant))
                        .build())
                .requestTimeout(Duration.ofSeconds(20))
                .jsonSchemaValidator((schema, content) -> ValidationResponse.asValid("")) // no tool here declares one
                .build()) {
            client.initialize();
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .containsExactly("notes__who_am_i");
            McpSchema.CallToolResult result = client.callTool(
                    McpSchema.CallToolRequest.builder("notes__who_am_i").build());
            assertThat(((Map<?, ?>) result.structuredContent()).get("name")).isEqualTo("Mia Example");
            assertThatThrownBy(() -> client.callTool(McpSchema.CallToolRequest.builder("notes__forget_me")
                            .build()))
                    .isInstanceOf(McpError.class)
                    .hasMessageContaining("denied");
        }
    }

    @Test
    void theTypeScriptSdksClientListsAndCalls() throws IOException, InterruptedException {
        Path at = Path.of("target", "agent").toAbsolutePath();
        Files.createDirectories(at);
        assumeTrue(run(at, Map.of(), "node", "--version").status() == 0, "node is not here");
        assumeTrue(
                run(at, Map.of(), "npm", "install", "--no-audit", "--no-fund", "--prefix", at.toString(), SDK)
                                .status()
                        == 0,
                "npm does not bring the SDK");
        Files.copy(
                Path.of("src", "test", "js", "agent.mjs"),
                at.resolve("agent.mjs"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        Ran ran = run(
                at,
                Map.of("MCP_ADDRESS", host.address() + "/mcp/" + McpAgent.TENANT, "MCP_BEARER", host.grant()),
                "node",
                "agent.mjs");

        assertThat(ran.output().lines())
                .as(ran.output())
                .containsExactly("tools notes__who_am_i", "result false Mia Example", "refused -32600");
        assertThat(ran.status()).isZero();
    }

    private record Ran(int status, String output) {}

    private static Ran run(Path at, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(at, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .directory(at.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Ran(-1, "not found: " + command[0]);
        }
        try {
            boolean ended = process.waitFor(90, TimeUnit.SECONDS);
            return new Ran(ended ? process.exitValue() : -1, Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }
}
