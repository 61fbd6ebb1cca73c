package dev.bulla.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.tool.Tier;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyJsonTest {
    private static final Policy FULL = Policy.forbid("Nights")
            .tools("push", "merge")
            .tiers(Tier.WRITE)
            .members("alice")
            .window(Window.in(ZoneId.of("Europe/Berlin"))
                    .on(DayOfWeek.SUNDAY, DayOfWeek.SATURDAY)
                    .hours(22, 5)
                    .from(LocalDate.parse("2026-01-01"))
                    .until(LocalDate.parse("2026-12-31")))
            .resources(ResourceCondition.of("repository", "octo/hello").with("visibility", "private"))
            .afterDenials(2)
            .disabled()
            .denyMessage("Not at \"night\".")
            .build();

    @Test
    void everythingIsWrittenAndReadBack() {
        assertThat(Policy.fromJson(FULL.toJson())).isEqualTo(FULL);
        assertThat(PolicyJson.readStored(FULL.toJson())).contains(FULL);
        Policy plain = Policy.permit("all").build();
        assertThat(PolicyJson.readStored(plain.toJson())).contains(plain);
    }

    @Test
    void sundayIsZero() {
        assertThat(FULL.toJson()).contains("\"days\":[0,6]");
    }

    @Test
    void whatIsLeftOutIsUsual() {
        assertThat(Policy.fromJson("{\"name\":\"all\",\"effect\":\"permit\"}"))
                .isEqualTo(Policy.permit("all").build());
    }

    @Test
    void everythingThatIsWrongIsNamed() {
        String json =
                "{\"name\":7,\"tiers\":[\"admin\"],\"window\":{\"days\":[7],\"zone\":\"Mars/Base\",\"minutes\":3},"
                        + "\"resources\":[{\"kind\":\"repository\",\"owner\":\"x\"}],\"enabled\":\"yes\",\"if\":true}";
        assertThatThrownBy(() -> Policy.fromJson(json))
                .isInstanceOfSatisfying(
                        PolicyRefused.class,
                        e -> assertThat(e.flaws())
                                .extracting(Flaw::field)
                                .containsExactlyInAnyOrder(
                                        "effect",
                                        "name",
                                        "tiers",
                                        "window.days",
                                        "window.zone",
                                        "window.minutes",
                                        "resources[0].owner",
                                        "enabled",
                                        "if"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"members\":[\"alice\"]|\"members\":null",
                "\"members\":[\"alice\"],|",
                "\"members\"|\"people\"",
                "\"hoursTo\":5|\"hoursTo\":25",
                "\"hoursTo\":5|\"hoursTo\":5,\"minutes\":1",
                "\"permit\"|\"permits\"",
                "\"ids\":[|\"owners\":[\"o\"],\"ids\":[",
                "{\"name\"|{\"name\":\"twice\",\"name\"",
                "}]|}",
            })
    void storedRowThatIsNotWholeIsUnreadable(String from, String to) {
        String sound = FULL.toJson()
                .replace("\"forbid\"", "\"permit\"")
                .replace(",\"afterDenials\":2", ",\"afterDenials\":0")
                .replace("Not at \\\"night\\\".", "");
        assertThat(PolicyJson.readStored(sound)).isPresent();
        String other = sound.replace(from, to == null ? "" : to);
        assertThat(other).isNotEqualTo(sound);
        assertThat(PolicyJson.readStored(other)).isEmpty();
    }
}
