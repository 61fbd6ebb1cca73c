package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.bulla.error.ErrorCode;
import dev.bulla.form.Filled;
import dev.bulla.form.FilledRows;
import dev.bulla.form.FilledRows.Problem;
import dev.bulla.form.FormView;
import dev.bulla.form.FormView.Row;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A form with a row for each account. */
class MemberRowsTest extends MemberFormStage {
    @Test
    void rowsAreAccountsByPosition() {
        FilledRows begun = alice().fillByPosition(
                        "keys", List.of(Map.of("key", "k1"), Map.of("key", "k2", "region", "eu"), Map.of("key", "k3")));
        assertThat(begun.problems()).isEmpty();
        assertThat(begun.rows())
                .extracting(row -> row.account().label(), row -> row.account().subject())
                .containsExactly(
                        tuple("", Optional.of("k1")), tuple("2", Optional.of("k2")), tuple("3", Optional.of("k3")));
        // the shape of a row has its presets
        assertThat(asked).extracting(values -> values.get("region")).containsExactly("us", "eu", "us");

        FilledRows fewer = alice().fillByPosition("keys", List.of(Map.of(), Map.of("users", "5")));
        assertThat(fewer.ended())
                .extracting(ConnectedAccount::label, ConnectedAccount::status)
                .containsExactly(tuple("3", AccountStatus.DISCONNECTED));
        assertThat(lastAsked()).isEqualTo(Map.of("key", "k2", "region", "eu", "users", "5"));
        assertThat(rows(alice().view("keys"))).extracting(Row::label).containsExactly("", "2");

        FilledRows more =
                alice().fillByPosition("keys", List.of(Map.of(), Map.of(), Map.of("key", "k4"), Map.of("key", "k5")));
        assertThat(more.rows())
                .extracting(row -> row.account().label(), row -> row.account().subject())
                .containsExactly(
                        tuple("", Optional.of("k1")),
                        tuple("2", Optional.of("k2")),
                        tuple("3", Optional.of("k4")),
                        tuple("4", Optional.of("k5")));
        refused(ErrorCode.FORM_REFUSED, () -> alice().fillByPosition("keys", List.of()));
        assertThat(rows(alice().view("keys"))).hasSize(4);
    }

    @Test
    void newRowStandsBehindTheOthersWhateverLabelsThereWere() {
        alice().fillByPosition("keys", List.of(Map.of("key", "k1"), Map.of("key", "k2")));
        world.member("alice").disconnect("keys");
        alice().fillByPosition("keys", List.of(Map.of(), Map.of("key", "k3")));
        assertThat(rows(alice().view("keys"))).extracting(Row::label).containsExactly("2", "3");
    }

    @Test
    void badRowsAreListedAndGoodOnesStored() {
        alice().fillByPosition("keys", List.of(Map.of("key", "k1")));
        FilledRows filled = alice().fillByPosition(
                        "keys",
                        List.of(
                                Map.of("key", "bad-canary"),
                                Map.of("users", "1"),
                                Map.of("key", "k3", "users", "x"),
                                Map.of("key", "k4")));
        assertThat(filled.problems())
                .extracting(Problem::row, Problem::code)
                .containsExactly(tuple(0, ErrorCode.FORM_REFUSED), tuple(1, ErrorCode.FORM_REFUSED));
        assertThat(filled.problems().toString()).contains("[key]").doesNotContain("canary");
        assertThat(filled.rows())
                .extracting(row -> row.account().label(), Filled::refused)
                .containsExactly(tuple("2", List.of("users")), tuple("3", List.of()));
        assertThat(world.member("alice").account("keys").subject()).contains("k1");
    }

    @Test
    void refusedRowEndsNoOther() {
        alice().fillByPosition("keys", List.of(Map.of("key", "k1"), Map.of("key", "k2"), Map.of("key", "k3")));

        FilledRows filled = alice().fillByPosition("keys", List.of(Map.of("key", "bad"), Map.of("users", "5")));

        assertThat(filled.problems()).hasSize(1);
        assertThat(filled.ended()).isEmpty();
        assertThat(rows(alice().view("keys"))).extracting(Row::label).containsExactly("", "2", "3");
        refused(
                ErrorCode.FORM_REFUSED,
                () -> alice().fillByPosition("keys", Collections.nCopies(101, Map.of("key", "k"))));
        assertThat(rows(alice().view("keys"))).hasSize(3);
    }

    @Test
    void rowsByLabelLeaveOthersAlone() {
        alice().fill("keys", "eu", Map.of("key", "k1"));
        alice().fill("keys", "us", Map.of("key", "k2"));
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        rows.put("us", Map.of("users", "9"));
        rows.put("new", Map.of("key", "k3"));
        rows.put("worse", Map.of("key", "bad"));
        FilledRows filled = alice().fillByLabel("keys", rows);
        assertThat(filled.rows()).extracting(row -> row.account().label()).containsExactly("us", "new");
        assertThat(filled.problems()).extracting(Problem::row, Problem::label).containsExactly(tuple(2, "worse"));
        assertThat(filled.ended()).isEmpty();
        assertThat(rows(alice().view("keys"))).extracting(Row::label).containsExactly("eu", "us", "new");
        refused(ErrorCode.INVALID_ARGUMENT, () -> alice().fillByLabel("keys", Map.of("a\nb", Map.of("key", "k"))));
    }

    @Test
    void whatCanBeWrittenIsToldForEachRow() {
        alice().fillByPosition("keys", List.of(Map.of("key", "k1"), Map.of("key", "k2")));
        Map<String, Boolean> row =
                Map.of("key", true, "region", true, "users", true, "extra", true, "team", false, "project", false);
        FormView form = alice().view("keys");
        assertThat(form.editable()).isEqualTo(Map.of("accounts", List.of(row, row)));
        assertThat(cell(rows(form).get(0), "project").value()).contains("p-1");
        assertThat(form.complete()).isTrue();
        assertThat(world.member("alice").account("keys").attributes()).isEqualTo(Map.of("project", "p-1"));
    }
}
