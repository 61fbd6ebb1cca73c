package dev.bulla.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Tier;
import dev.bulla.tool.ToolSet;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What policies say of themselves. */
class PolicyWordsTest {
    private static final Policy NIGHTS = Policy.forbid("Nights")
            .tiers(Tier.WRITE, Tier.DESTRUCTIVE)
            .tools("push")
            .members("alice", "bob")
            .window(Window.in(ZoneId.of("Europe/Berlin"))
                    .on(DayOfWeek.FRIDAY)
                    .hours(22, 5)
                    .until(LocalDate.parse("2026-12-31")))
            .resources(ResourceCondition.of("repository", "octo/hello").with("visibility", "public"))
            .afterDenials(3)
            .denyMessage("Sleep.")
            .build();

    private static final Vocabulary NOTHING = new Vocabulary(ToolSet.NONE, Map.of());
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void policyIsToldInPlainWords() {
        assertThat(Policy.permit("all").build().preview()).isEqualTo("All members may do everything but take tokens.");
        assertThat(Policy.permit("read")
                        .tiers(Tier.READ)
                        .token()
                        .disabled()
                        .build()
                        .preview())
                .isEqualTo("Switched off, it would say: All members may read and take tokens.");
        assertThat(NIGHTS.preview())
                .isEqualTo("alice and bob may not change, delete or use push, where that touches repository"
                        + " octo/hello whose visibility is public, on Fridays from 22:00 to 05:59 of the next morning"
                        + " until the end of 2026-12-31 by the clocks of Europe/Berlin, once 3 calls were denied in the"
                        + " session. That holds whatever else permits it. They are told: \"Sleep.\"");
    }

    @Test
    void policyIsPrintedInCedar() {
        assertThat(Policy.permit("Members may read").tiers(Tier.READ).build().toCedar())
                .isEqualTo("""
                @name("Members may read")
                permit (principal, action in [Action::"tier:read"], resource);
                """);
        assertThat(Policy.forbid("No")
                        .resources(ResourceCondition.all("page"))
                        .build()
                        .toCedar())
                .contains("(!(resource has kind) || (resource.kind == \"page\"))");
    }

    @Test
    void differenceIsByField() {
        Policy other = Policy.fromJson(NIGHTS.toJson().replace("\"hoursTo\":5", "\"hoursTo\":6"));
        assertThat(PolicyDiff.between(NIGHTS, NIGHTS).changes()).isEmpty();
        assertThat(PolicyDiff.between(NIGHTS, other).changes()).singleElement().satisfies(change -> {
            assertThat(change.field()).isEqualTo("window");
            assertThat(change.before()).contains("\"hoursTo\":5");
            assertThat(change.after()).contains("\"hoursTo\":6");
        });
    }

    @Test
    void whatIsNotThereAnyMoreIsFound() {
        assertThat(Finding.in(List.of(Policy.permit("old").tools("gone").build(), NIGHTS), NOTHING, NOW))
                .extracting(Finding::kind, Finding::policy)
                .contains(tuple(Finding.Kind.TOOL_UNKNOWN, "old"), tuple(Finding.Kind.RESOURCE_UNKNOWN, "Nights"));
    }

    @Test
    void permitThatAnotherCoversIsFoundOnce() {
        Policy all = Policy.permit("all").build();
        Policy twin = Policy.permit("twin").build();
        Policy bobs = Policy.permit("bob's").tiers(Tier.READ).members("bob").build();
        assertThat(Finding.in(List.of(all, twin, bobs), NOTHING, NOW))
                .extracting(Finding::kind, Finding::policy)
                .containsExactly(
                        tuple(Finding.Kind.PERMIT_NOT_NEEDED, "twin"), tuple(Finding.Kind.PERMIT_NOT_NEEDED, "bob's"));
        assertThat(Finding.in(List.of(), NOTHING, NOW))
                .extracting(Finding::kind)
                .containsExactly(Finding.Kind.NOTHING_PERMITTED);
    }

    @Test
    void ofTwoThatAreEqualOneIsNeeded() {
        Policy all = Policy.permit("all").build();
        assertThat(Finding.in(List.of(all, Policy.permit("all").build()), NOTHING, NOW))
                .extracting(Finding::kind)
                .containsExactly(Finding.Kind.PERMIT_NOT_NEEDED);
    }

    @Test
    void whatIsOverAndWhatIsNeverKnownIsFound() {
        Policy all = Policy.permit("all").build();
        Vocabulary pages = new Vocabulary(ToolSet.of(ResourceKind.of("repository", "Repository")), Map.of());
        assertThat(Finding.in(List.of(all, NIGHTS), pages, NOW))
                .extracting(Finding::kind, Finding::policy)
                .containsExactly(
                        tuple(Finding.Kind.TOOL_UNKNOWN, "Nights"), tuple(Finding.Kind.ATTRIBUTE_UNKNOWN, "Nights"));
        Instant lastMorning = Instant.parse("2027-01-01T04:00:00Z"); // the night of the last day goes on
        Instant after = Instant.parse("2027-01-02T00:00:00Z");
        assertThat(Finding.in(List.of(all, NIGHTS), pages, lastMorning))
                .extracting(Finding::kind)
                .doesNotContain(Finding.Kind.WINDOW_OVER);
        assertThat(Finding.in(List.of(all, NIGHTS), pages, after))
                .extracting(Finding::kind, Finding::policy)
                .contains(tuple(Finding.Kind.WINDOW_OVER, "Nights"));
    }

    @Test
    void baselineFitsEveryService() {
        assertThatThrownBy(() -> Baseline.of(Policy.permit("push").tools("push").build()))
                .isInstanceOf(PolicyRefused.class);
        assertThat(Baseline.none().policies()).isEmpty();
    }
}
