package dev.bulla.providers.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.error.BullaException;
import dev.bulla.tool.Tool;
import org.junit.jupiter.api.Test;

/** What a tool is said to touch is all that it can touch. */
class LinearIssuesTest {
    private static final String TEAM = "9cfb482a-81e3-4154-b5b9-2c805e70a02d";

    private static Tool tool(String name) {
        return Linear.create().tools().tool(name).orElseThrow();
    }

    @Test
    void searchIsOfOneTeam() {
        assertThatThrownBy(() -> tool("search_issues").request("{\"term\": \"x\"}"))
                .isInstanceOf(BullaException.class)
                .hasMessageContaining("teamId");
    }

    @Test
    void newIssueGetsNoProject() {
        String before = "{\"teamId\": \"" + TEAM + "\", \"title\": \"It breaks\"";
        assertThat(tool("create_issue").request(before + "}").method()).isEqualTo("POST");
        assertThatThrownBy(() -> tool("create_issue").request(before + ", \"projectId\": \"" + TEAM + "\"}"))
                .isInstanceOf(BullaException.class)
                .hasMessageContaining("not declared");
    }
}
