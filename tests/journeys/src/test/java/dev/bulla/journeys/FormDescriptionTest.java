package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import dev.bulla.form.FormView;
import dev.bulla.form.FormView.Description;
import dev.bulla.form.Typed;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Field.Option;
import dev.bulla.provider.Field.Type;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forms in words, for whoever builds own ones. */
class FormDescriptionTest {
    private static final Provider KEYS = Provider.builder("keys", "Keys & more")
            .form(new KeyForm(
                    List.of(
                            Field.secret("key", "API key", "Settings | Keys").matching("k-[a-z]+|x"),
                            Field.text("region", "Region", "")
                                    .options(Option.of("us", "America"), Option.of("eu", "eu"))
                                    .preset("us"),
                            Field.text("users", "Users", "")
                                    .as(Type.LIST)
                                    .matching("[0-9]+")
                                    .optional(),
                            Field.text("live", "Live", "").as(Type.BOOLEAN).optional(),
                            Field.secret("robot", "Robot", "")
                                    .as(Type.JSON)
                                    .normalised(Typed.JSON)
                                    .matching("(?s).*")
                                    .optional(),
                            Field.text("code", "Code", "")
                                    .length(2, 10)
                                    .placeholder("ab12")
                                    .fixedOnceConnected()
                                    .optional(),
                            Field.text("project", "Project", "").filledByFlow()),
                    "key",
                    (values, call) -> new KeyForm.Verification(true, Identity.of("x", "X"), List.of())))
            .api(ApiAccess.bearer("https://api.example.com"))
            .build();
    private static final Description MEMBER = FormView.member(KEYS, Mode.FORM).describe();

    @Test
    void text() {
        assertThat(MEMBER.text()).isEqualTo("""
                Keys & more

                Accounts (any number)
                - key: API key, Settings | Keys (required; secret: never shown again; of the form k-[a-z]+|x)
                - region: Region (optional; one of us = America, eu; if empty: us)
                - users: Users (optional; one a line; each of the form [0-9]+)
                - live: Live (optional; true or false)
                - robot: Robot (optional; secret: never shown again; a JSON document; of the form (?s).*)
                - code: Code (optional; for example ab12; at least 2 characters; at most 10 characters; fixed while something is connected)
                - project: Project (filled in by connecting)

                Still needed: key
                """);
    }

    @Test
    void markdown() {
        assertThat(MEMBER.markdown()).startsWith("""
                        # Keys & more

                        ## Accounts (any number)

                        | Field | Label | Where to find it | Rules |
                        | --- | --- | --- | --- |
                        | `key` | API key | Settings \\| Keys | required; secret: never shown again; of the form k-[a-z]+\\|x |
                        """).endsWith("\nStill needed: key\n");
    }

    @Test
    @SuppressWarnings("unchecked")
    void jsonSchema() throws IOException {
        Map<String, Object> schema = (Map<String, Object>)
                new Moshi.Builder().build().adapter(Object.class).fromJson(MEMBER.jsonSchema());
        assertThat(schema)
                .containsEntry("$schema", "https://json-schema.org/draft/2020-12/schema")
                .containsEntry("title", "Keys & more")
                .containsEntry("type", "object")
                .containsEntry("required", List.of("key"))
                .containsEntry("additionalProperties", false);
        Map<String, Map<String, Object>> fields = (Map<String, Map<String, Object>>) schema.get("properties");
        assertThat(fields).containsOnlyKeys("key", "region", "users", "live", "robot", "code", "project");
        assertThat(fields.values()).allMatch(field -> field.get("type").equals("string"));
        assertThat(fields.get("key"))
                .containsEntry("title", "API key")
                .containsEntry("description", "Settings | Keys")
                .containsEntry("writeOnly", true)
                .containsEntry("pattern", "^(?:k-[a-z]+|x)$");
        assertThat(fields.get("region"))
                .containsEntry("default", "us")
                .containsEntry(
                        "oneOf",
                        List.of(Map.of("const", "us", "title", "America"), Map.of("const", "eu", "title", "eu")));
        assertThat(fields.get("users")).doesNotContainKey("pattern");
        assertThat(fields.get("live")).containsEntry("enum", List.of("true", "false"));
        assertThat(fields.get("robot"))
                .containsEntry("contentMediaType", "application/json")
                .doesNotContainKey("pattern");
        assertThat(fields.get("code"))
                .containsEntry("minLength", 2.0)
                .containsEntry("maxLength", 10.0)
                .containsEntry("examples", List.of("ab12"));
        assertThat(fields.get("project")).containsEntry("readOnly", true).doesNotContainKey("writeOnly");
    }

    @Test
    void ofAConnection() {
        try (World world = new World()) {
            world.owner().create("notes", "demo");
            Description before = world.owner().form("notes").describe();
            assertThat(before.text())
                    .contains("App\n- clientId: Client ID, of the app that you registered at Demo (required)")
                    .contains("one a line, of these: notes.read = Read notes, notes.write = Write notes")
                    .endsWith("\nStill needed: clientId, clientSecret\n");
            world.owner().fill("notes", Map.of("clientId", "an-app", "clientSecret", "canary-secret"));
            Description after = world.owner().form("notes").describe();
            assertThat(after.text()).doesNotContain("Still needed");
            assertThat(after.toString()).doesNotContain("canary-secret", "an-app");
            assertThat(FormView.member(world.owner().provider("notes"), Mode.OWN_APP)
                            .describe()
                            .text())
                    .isEqualTo("Demo\nThere is nothing to fill in: members connect by a consent at Demo.\n");
        }
    }
}
