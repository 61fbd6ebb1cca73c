package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.form.Typed;
import dev.bulla.model.Connection;
import dev.bulla.model.Settings;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Field.Option;
import dev.bulla.provider.Field.Type;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a field takes of what people type. */
class FieldTest {
    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private static Provider keyed(Field... fields) {
        return Provider.builder("keyed", "Keyed")
                .form(new KeyForm(
                        List.of(Field.secret("key", "Key", "")),
                        "key",
                        (values, call) -> new KeyForm.Verification(true, Identity.of("me", "Me"), List.of())))
                .hostCredential()
                .ownerFields(fields)
                .api(ApiAccess.bearer("https://api.example.com"))
                .build();
    }

    private Connection created(Mode mode, Field... fields) {
        world.restart(setup -> setup.providers(keyed(fields)));
        return world.owner().create("keyed", "keyed", mode);
    }

    private Map<String, String> saved(String name, String value) {
        return world.owner()
                .save("keyed", Settings.none().with(name, value))
                .connection()
                .fields();
    }

    private void refused(String name, String value) {
        assertThatThrownBy(() -> saved(name, value))
                .isInstanceOfSatisfying(
                        BullaException.class,
                        e -> assertThat(e)
                                .returns(ErrorCode.INVALID_SETTING, BullaException::code)
                                .hasMessage("'" + name + "' is not of the form that it must have"));
    }

    @Test
    void presetHoldsWhereNothingIsTyped() {
        Field region = Field.text("region", "Region", "")
                .options(Option.of("us", "United States"), Option.of("eu", "Europe"))
                .preset("us");
        assertThat(created(Mode.FORM, region))
                .returns(Map.of("region", "us"), Connection::fields)
                .returns(true, Connection::usable);
        assertThat(saved("region", "eu")).containsEntry("region", "eu");
        assertThat(saved("region", "  ")).containsEntry("region", "us");
        refused("region", "mars");
    }

    @Test
    void newFieldWithAPresetLeavesConnectionsUsable() {
        created(Mode.FORM);
        world.restart(
                setup -> setup.providers(keyed(Field.text("login", "Login", "").preset("login.example.com"))));
        assertThat(world.owner().get("keyed"))
                .returns(true, Connection::usable)
                .returns(Map.of("login", "login.example.com"), Connection::fields);
    }

    @Test
    void fieldExistsInItsModesOnly() {
        Field quota = Field.text("quota", "Quota", "").onlyIn(Mode.HOST_CREDENTIAL);
        assertThat(created(Mode.FORM, quota).missing()).isEmpty();
        assertThat(world.owner()
                        .save("keyed", Settings.none().with("quota", "9"))
                        .ignored())
                .containsExactly("quota");
        assertThat(world.owner().create("all", "keyed", Mode.HOST_CREDENTIAL).missing())
                .containsExactly("quota", "key");
    }

    @Test
    void whatTheFlowFillsInIsNotWritten() {
        created(Mode.FORM, Field.text("site", "Site", "").filledByFlow());
        assertThat(world.owner().save("keyed", Settings.none().with("site", "x")))
                .returns(List.of("site"), saved -> saved.ignored())
                .returns(List.of(), saved -> saved.missing());
    }

    @Test
    void listTruthAndLengthAreChecked() {
        created(
                Mode.FORM,
                Field.text("users", "Users", "")
                        .as(Type.LIST)
                        .matching("[0-9]+")
                        .optional(),
                Field.text("live", "Live", "").as(Type.BOOLEAN).optional(),
                Field.text("code", "Code", "").length(2, 3).optional(),
                Field.text("odd", "Odd", "")
                        .checked(value -> Integer.parseInt(value) % 2 == 1)
                        .optional());
        assertThat(saved("users", " 12, 7\n\n12 ")).containsEntry("users", "12\n7");
        refused("users", "12, x");
        assertThat(saved("live", "true")).containsEntry("live", "true");
        refused("live", "yes");
        assertThat(saved("code", "abc")).containsEntry("code", "abc");
        refused("code", "a");
        refused("code", "abcd");
        assertThat(saved("odd", "7")).containsEntry("odd", "7");
        refused("odd", "8");
        refused("odd", "no number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "WITHOUT_BLANKS|\" abcd efgh\u00A0ijkl \"|abcdefghijkl",
                "LETTERS_AND_DIGITS|abCD 1234-xyz|abCD1234xyz",
                "DIGITS|123-456-7890|1234567890",
                "LOWER_CASE|\" EU \"|eu",
                "UPPER_CASE|2x9r4hxf34|2X9R4HXF34",
                "WITHOUT_TRAILING_SLASH|https://a.example/b//|https://a.example/b",
                "HTTPS|a.example/|https://a.example",
                "HTTPS|http://a.example|http://a.example",
                "HOST|https://Team.example.com/home?x=1|team.example.com"
            })
    void commonNormalisations(String name, String typed, String kept) throws ReflectiveOperationException {
        @SuppressWarnings("unchecked")
        UnaryOperator<String> operator =
                (UnaryOperator<String>) Typed.class.getField(name).get(null);
        assertThat(operator.apply(typed)).isEqualTo(kept);
    }

    @Test
    void jsonAndKeyFilesMayBePastedAsBase64() {
        String json = "{\"type\":\"robot\",\"id\":\"7\u00e9?>\"}";
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getMimeEncoder())) {
            String typed = encoder.encodeToString(("\uFEFF" + json).getBytes(StandardCharsets.UTF_8));
            assertThat(Typed.JSON.apply(" " + typed + "\n")).isEqualTo(json);
        }
        assertThat(Typed.JSON.apply(json)).isEqualTo(json);
        assertThat(Typed.JSON.apply("no json")).isEqualTo("no json");
        assertThat(Typed.PEM.apply("-----BEGIN X-----\\nabc\\n-----END X-----"))
                .isEqualTo("-----BEGIN X-----\nabc\n-----END X-----");
        assertThat(Typed.PEM_OR_BASE64.apply(
                        Base64.getEncoder().encodeToString("-----BEGIN X-----".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("-----BEGIN X-----");

        created(
                Mode.FORM,
                Field.text("robot", "Robot", "")
                        .as(Type.JSON)
                        .normalised(Typed.JSON)
                        .checked(Typed.jsonWith("type", "id")));
        String typed = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        assertThat(saved("robot", typed)).containsEntry("robot", json);
        refused("robot", "{\"type\":\"robot\"}");
        refused("robot", "{\"type\":\"robot\",\"id\":\"7\"} and more");
    }
}
