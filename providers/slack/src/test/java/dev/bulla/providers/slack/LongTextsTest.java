package dev.bulla.providers.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.error.BullaException;
import dev.bulla.tool.ToolRequest;
import org.junit.jupiter.api.Test;

/** Slack cuts a new message after 40,000 characters, and refuses a changed one of more than 4,000. */
class LongTextsTest {
    private static ToolRequest ask(String tool, int length) {
        return Slack.create()
                .tools()
                .tool(tool)
                .orElseThrow()
                .request("{\"channel\": \"C0123456789\", " + (tool.equals("update_message") ? "\"ts\": \"1.2\", " : "")
                        + "\"text\": \"" + "x".repeat(length) + "\"}");
    }

    @Test
    void changedMessageIsShorterThanANewOne() {
        assertThat(ask("post_message", 40000).target()).endsWith("chat.postMessage");
        assertThat(ask("update_message", 4000).target()).endsWith("chat.update");
        assertThatThrownBy(() -> ask("update_message", 4001))
                .isInstanceOf(BullaException.class)
                .hasMessageContaining("text");
    }
}
