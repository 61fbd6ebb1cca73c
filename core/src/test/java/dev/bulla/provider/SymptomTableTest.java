package dev.bulla.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bulla.error.Actor;
import dev.bulla.error.Place;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymptomTableTest {
    private static final String HEAD = "# Acme\n\n## When it does not work\n\n"
            + "| Code | Told by | Where | What you see | Why | Who | What to do |\n"
            + "| --- | --- | --- | --- | --- | --- | --- |\n";

    private static Documentation with(String rows) {
        byte[] text = (HEAD + rows).getBytes(StandardCharsets.UTF_8);
        return Documentation.read("2026-11-21", "https://acme.example")
                .walkthrough(() -> new ByteArrayInputStream(text));
    }

    private static Symptom one(String told) {
        return with("| gone | " + told
                        + " | service https://acme.example/app | Seen | It is gone | Owner | Make it |\n")
                .symptoms()
                .get(0);
    }

    private static HttpAnswer answer(int status, String body) {
        return new HttpAnswer(status, Map.of("x-left", List.of("0")), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void rowIsReadWhole() {
        assertThat(one("403 GONE; reconnect"))
                .returns("gone", Symptom::code)
                .returns("Seen", Symptom::seen)
                .returns("It is gone", Symptom::why)
                .returns("Make it", Symptom::remedy)
                .returns(Actor.OWNER, Symptom::actor)
                .returns(Place.SERVICE, Symptom::place)
                .returns(
                        URI.create("https://acme.example/app"),
                        symptom -> symptom.page().orElseThrow())
                .returns(true, symptom -> symptom.shows(Sight.Kind.RECONNECT, ""))
                .returns(false, symptom -> symptom.shows(Sight.Kind.CALLBACK, "GONE"));
    }

    @Test
    void peopleSeeTheirColumnsOnly() {
        assertThat(with("| gone | 403 | connect | Seen | Why | Member | Do |\n").walkthrough())
                .contains("# Acme\n\n## When it does not work\n\n| What you see | Why | Who | What to do |\n"
                        + "| --- | --- | --- | --- |\n| Seen | Why | Member | Do |\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "403 GONE ! 403 ! {\"error\":\"GONE\"} ! true",
                "403 GONE ! 404 ! {\"error\":\"GONE\"} ! false",
                "403 GONE ! 403 ! {\"error\":\"GONE_TOO\"} ! false",
                "403 GONE ! 403 ! {\"error\":\"ALL-GONE\"} ! false",
                "403,404 GONE ! 404 ! it is GONE. ! true",
                "any code=190 ! 400 ! {\"error\":{\"code\": 190}} ! true",
                "any code=190 ! 400 ! {\"code\":\"190\"} ! true",
                "any code=190 ! 400 ! {\"code\":1901} ! false",
                "any code=190 ! 200 ! {\"code\":190} ! false",
                "200 code=190 ! 200 ! {\"code\":190} ! true",
                "400 code=190 sub=2 ! 400 ! {\"code\":190,\"sub\":2} ! true",
                "400 code=190 sub=2 ! 400 ! {\"code\":190,\"sub\":3} ! false",
                "401 \"is gone\" ! 401 ! it is gone now ! true",
                "429 @x-left=0 ! 429 ! {} ! true",
                "429 @x-left=1 ! 429 ! {} ! false",
                "callback GONE ! 403 ! GONE ! false"
            })
    void answerIsRecognised(String told, int status, String body, boolean shown) {
        assertThat(one(told).isIn(answer(status, body))).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| Gone | 403 | connect | Seen | Why | Member | Do |",
                "| gone | 4xx | connect | Seen | Why | Member | Do |",
                "| gone | any | connect | Seen | Why | Member | Do |",
                "| gone | | connect | Seen | Why | Member | Do |",
                "| gone | 403 | moon | Seen | Why | Member | Do |",
                "| gone | 403 | connect | Seen | Why | Somebody | Do |",
                "| gone | 403 | connect | Seen | Why | Member |",
                "| gone | 403 | connect | Seen | Why | Member | Do |\n| gone | - | connect | Seen | Why | Member | Do |"
            })
    void rowThatCanNotBeReadIsRefused(String row) {
        assertThatIllegalArgumentException().isThrownBy(() -> with(row + "\n").symptoms());
    }

    @Test
    void tableOfPeoplesColumnsIsNoData() {
        byte[] text = "| What you see | Why | Who | What to do |\n| --- | --- | --- | --- |\n| a | b | Member | c |\n"
                .getBytes(StandardCharsets.UTF_8);
        Documentation old = Documentation.read("2026-11-21").walkthrough(() -> new ByteArrayInputStream(text));
        assertThat(old.symptoms()).isEmpty();
        assertThat(old.walkthrough()).contains(new String(text, StandardCharsets.UTF_8));
    }
}
