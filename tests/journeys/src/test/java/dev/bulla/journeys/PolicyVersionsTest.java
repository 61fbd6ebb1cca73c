package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.bulla.ConnectionPolicies;
import dev.bulla.error.ErrorCode;
import dev.bulla.event.ConnectionEvent;
import dev.bulla.model.Settings;
import dev.bulla.policy.Baseline;
import dev.bulla.policy.Flaw;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyDiff;
import dev.bulla.policy.PolicyRefused;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.policy.ResourceCondition;
import dev.bulla.policy.Window;
import dev.bulla.tool.Tier;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How policies are written, and what stays of each change. */
class PolicyVersionsTest extends PolicyStage {
    @Test
    void editIsNotOverwrittenWhereTheConnectionIsCompletedLater() {
        world.owner().create("later", "demo");
        ConnectionPolicies later = world.owner().policies("later");
        assertThat(later.list()).isEmpty();
        later.create(Policy.permit("Mine").tiers(Tier.READ).build());

        world.owner().save("later", Settings.clientId("client").clientSecret("secret"));

        assertThat(later.list())
                .singleElement()
                .satisfies(version ->
                        assertThat(version.policy().orElseThrow().name()).isEqualTo("Mine"));
    }

    @Test
    void rowThatCanNotBeReadDeniesEverythingUntilItIsReplaced() {
        PolicyVersion read = named("Members may read");
        spoil(read);

        assertThat(denied(READ).code()).isEqualTo(ErrorCode.POLICY_UNREADABLE);
        assertThat(policies().list()).extracting(PolicyVersion::state).contains(PolicyVersion.State.UNREADABLE);

        policies().rollBack(read.id(), read.version());
        allowed(READ);
    }

    @Test
    void everyChangeIsAVersionThatCanBeBroughtBack() {
        PolicyVersion first = named("Members may read");
        Policy narrowed =
                Policy.permit("Bob may read").tiers(Tier.READ).members("bob").build();
        PolicyVersion second = policies().replace(first, narrowed);
        denied(READ);
        assertThatThrownBy(() -> policies().replace(first, narrowed)).isInstanceOf(PolicyRefused.class);

        PolicyDiff diff = policies().diff(first.id(), first.version(), second.version());
        assertThat(diff.text())
                .isEqualTo(
                        "- name: \"Members may read\"\n+ name: \"Bob may read\"\n- members: []\n+ members: [\"bob\"]\n");

        policies().delete(first.id());
        policies().rollBack(first.id(), first.version());
        allowed(READ);

        List<PolicyVersion> versions = policies().versions(first.id());
        assertThat(versions)
                .extracting(PolicyVersion::state)
                .containsExactly(
                        PolicyVersion.State.WRITTEN,
                        PolicyVersion.State.DELETED,
                        PolicyVersion.State.WRITTEN,
                        PolicyVersion.State.WRITTEN);
        assertThat(versions)
                .extracting(PolicyVersion::author)
                .containsExactly("olivia", "olivia", "olivia", Baseline.AUTHOR);
        assertThat(versions).extracting(PolicyVersion::version).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(policies().history()).startsWith(versions.get(0), versions.get(1), versions.get(2));
    }

    @Test
    void everyValueThatIsWrongIsNamed() {
        Policy wrong = Policy.permit("")
                .tools("me", "you")
                .window(Window.in(ZoneId.of("UTC")).hours(9, 24))
                .resources(ResourceCondition.of("channel", "C1"), ResourceCondition.of("page", ""))
                .afterDenials(1)
                .denyMessage("x".repeat(501))
                .build();
        assertThatThrownBy(() -> policies().create(wrong)).isInstanceOfSatisfying(PolicyRefused.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.POLICY_REFUSED);
            assertThat(e.flaws())
                    .extracting(Flaw::field)
                    .contains(
                            "name",
                            "tools",
                            "window.hoursTo",
                            "resources[0].kind",
                            "resources[1].ids",
                            "afterDenials",
                            "denyMessage");
            assertThat(e.flaws())
                    .filteredOn(flaw -> flaw.field().equals("resources[0].kind"))
                    .extracting(Flaw::message)
                    .containsExactly("there is no kind of resource 'channel' at this service; there are page");
        });
        assertThat(policies().list()).hasSize(4);
    }

    @Test
    void attributeThatTheServiceDoesNotTellIsRefused() {
        Policy wrong = Policy.forbid("Typed wrongly")
                .resources(ResourceCondition.all("page").with("visiblity", "public"))
                .build();
        assertThatThrownBy(() -> policies().create(wrong))
                .isInstanceOfSatisfying(
                        PolicyRefused.class,
                        e -> assertThat(e.flaws()).singleElement().satisfies(flaw -> {
                            assertThat(flaw.field()).isEqualTo("resources[0].attributes");
                            assertThat(flaw.message()).contains("visiblity", "there are visibility");
                        }));
    }

    @Test
    void policyThatNoStoreTakesIsRefused() {
        Policy long255 = Policy.forbid("Long")
                .resources(ResourceCondition.of(
                        "page",
                        IntStream.range(0, 1000)
                                .mapToObj(i -> i + "x".repeat(250))
                                .toArray(String[]::new)))
                .resources(ResourceCondition.of(
                        "page",
                        IntStream.range(0, 1000)
                                .mapToObj(i -> i + "y".repeat(250))
                                .toArray(String[]::new)))
                .build();
        assertThatThrownBy(() -> policies().create(long255)).isInstanceOf(PolicyRefused.class);
    }

    @Test
    void changesAreTold() {
        PolicyVersion made = policies().create(Policy.forbid("Freeze").build());
        policies().delete(made.id());
        world.bulla.close();
        assertThat(events.stream().filter(ConnectionEvent.PolicyChanged.class::isInstance))
                .map(ConnectionEvent.PolicyChanged.class::cast)
                .extracting(
                        ConnectionEvent.PolicyChanged::name,
                        ConnectionEvent.PolicyChanged::version,
                        ConnectionEvent.PolicyChanged::deleted,
                        ConnectionEvent.PolicyChanged::author)
                .containsExactly(
                        tuple("Freeze", made.version(), false, "olivia"),
                        tuple("Freeze", made.version() + 1, true, "olivia"));
    }
}
