package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.MemberForms;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.form.FormView;
import dev.bulla.form.FormView.Cell;
import dev.bulla.form.FormView.Row;
import dev.bulla.provider.ApiAccess;
import dev.bulla.provider.Field;
import dev.bulla.provider.Field.Option;
import dev.bulla.provider.Field.Type;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.KeyForm.Verification;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderException.Kind;
import dev.bulla.provider.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two services that are connected by forms, and what they were asked. */
abstract class MemberFormStage {
    final World world = new World();
    final List<Map<String, String>> asked = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch first = new CountDownLatch(1);
    volatile CountDownLatch second = new CountDownLatch(0);

    @BeforeEach
    void connection() {
        world.restart(setup -> setup.providers(keys(), sites()));
        world.owner().create("keys", "keys");
    }

    Provider keys() {
        return Provider.builder("keys", "Keys")
                .form(new KeyForm(
                        List.of(
                                Field.secret("key", "Key", ""),
                                Field.text("region", "Region", "")
                                        .options(Option.of("us", "America"), Option.of("eu", "Europe"))
                                        .preset("us"),
                                Field.text("users", "Users", "")
                                        .as(Type.LIST)
                                        .matching("[0-9]+")
                                        .optional(),
                                Field.secret("extra", "Extra", "").optional(),
                                Field.text("team", "Team", "").optional().fixedOnceConnected(),
                                Field.text("project", "Project", "").filledByFlow()),
                        "key",
                        (values, call) -> verify(values)))
                .api(ApiAccess.bearer("https://{shop}.example.com"))
                .ownerFields(Field.text("shop", "Shop", "").preset("north"))
                .build();
    }

    Provider sites() {
        return Provider.builder("sites", "Sites")
                .form(new KeyForm(
                        List.of(Field.text("site", "Site", ""), Field.secret("key", "Key", "")),
                        "key",
                        (values, call) -> verify(values)))
                .api(ApiAccess.bearer("{site}/api"))
                .perAccount("site")
                .build();
    }

    Verification verify(Map<String, Secret> values) {
        Map<String, String> plain = new LinkedHashMap<>();
        values.forEach((name, value) -> plain.put(name, value.reveal()));
        asked.add(plain);
        String key = plain.get("key");
        if (key.startsWith("bad")) {
            throw new ProviderException(Kind.TERMINAL, "unauthorized", 401, null, "no");
        }
        if (plain.getOrDefault("users", "").equals("7")) { // the slow one of two
            first.countDown();
            await(second);
        }
        return new Verification(true, new Identity(key, "Account " + key, Map.of("project", "p-1")), List.of());
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        world.close();
    }

    MemberForms alice() {
        return world.member("alice").forms();
    }

    Map<String, String> lastAsked() {
        return asked.get(asked.size() - 1);
    }

    static Cell cell(Row row, String name) {
        return row.cells().stream()
                .filter(cell -> cell.field().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<Row> rows(FormView form) {
        return form.groups().get(0).rows();
    }

    static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BullaException.class,
                        e -> assertThat(e).returns(code, BullaException::code).hasMessageNotContaining("canary"));
    }
}
