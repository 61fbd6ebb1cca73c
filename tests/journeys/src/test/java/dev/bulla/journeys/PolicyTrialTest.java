package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bulla.ApiRequest;
import dev.bulla.error.ErrorCode;
import dev.bulla.policy.Finding;
import dev.bulla.policy.Policy;
import dev.bulla.policy.Simulation;
import dev.bulla.policy.Window;
import dev.bulla.tool.Tier;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of policies before they count: what they can not do, and what they would have decided. */
class PolicyTrialTest extends PolicyStage {
    @Test
    void whatCanNotDoWhatItSaysIsFound() {
        policies().create(Policy.forbid("No changes").tiers(Tier.WRITE).build());
        policies()
                .create(Policy.permit("Changes by day")
                        .tiers(Tier.WRITE)
                        .window(Window.in(ZoneId.of("UTC")).hours(9, 17))
                        .build());
        policies().create(Policy.forbid("No deletes").tiers(Tier.DESTRUCTIVE).build());
        assertThat(policies().lint())
                .extracting(Finding::kind, Finding::policy)
                .containsExactlyInAnyOrder(
                        tuple(Finding.Kind.WINDOW_CANNOT_LIFT, "Changes by day"),
                        tuple(Finding.Kind.PERMIT_NEVER_APPLIES, "Members may change"),
                        tuple(Finding.Kind.FORBID_WITHOUT_EFFECT, "No deletes"));
    }

    @Test
    void otherPoliciesAreTriedOnWhatWasCalled() {
        allowed(READ);
        world.time.advance(Duration.ofSeconds(1));
        allowed(ApiRequest.of("POST", "/api/me"));
        world.time.advance(Duration.ofSeconds(1));
        denied(DELETE);
        denied(() -> session.tokenForSdk("notes"));

        Simulation simulation = policies()
                .simulate(
                        List.of(
                                Policy.permit("Delete").tiers(Tier.DESTRUCTIVE).build(),
                                Policy.permit("Read").tools("me").build()),
                        Duration.ofHours(24));

        assertThat(simulation.calls()).isEqualTo(4);
        assertThat(simulation.before()).isEqualTo(2);
        assertThat(simulation.after()).isEqualTo(2);
        assertThat(simulation.changed()).isEqualTo(2);
        assertThat(simulation.unmatched()).isEqualTo(2);
        assertThat(simulation.complete()).isTrue();
        assertThat(simulation.rows()).extracting(Simulation.Row::wasAllowed).containsExactly(true, false);
        assertThat(simulation.rows().get(0).before().matched())
                .singleElement()
                .satisfies(ref -> assertThat(ref.name()).isEqualTo("Members may change"));
    }

    @Test
    void policyThatIsThereIsTriedAsItIs() {
        world.owner().tools("notes").add("""
                {"name": "ping", "description": "Asks", "http": {"method": "GET", "path": "/ping"}, "resource": "none"}""");
        Policy ping = Policy.permit("Ping").tools("ping").build();
        policies().create(ping);
        world.owner().tools("notes").remove("ping");
        assertThat(policies().simulate(List.of(ping), Duration.ofHours(1)).calls())
                .isZero();
        Policy another = Policy.permit("Another").tools("ping").build();
        assertThat(Stage.failure(() -> policies().simulate(List.of(another), Duration.ofHours(1)))
                        .code())
                .isEqualTo(ErrorCode.POLICY_REFUSED);
    }

    @Test
    void whatDeniesEverythingNowHasAllowedNothing() {
        allowed(READ);
        spoil(named("Members may read"));
        Simulation simulation = policies().simulate(List.of(Policy.permit("All").build()), Duration.ofHours(1));
        assertThat(simulation.before()).isZero();
        assertThat(simulation.after()).isEqualTo(1);
    }

    @Test
    void callsOfAnotherConnectionOfThatNameAreLeftOut() {
        allowed(READ);
        world.owner().deleteWithAccounts("notes");
        world.connection("notes");
        assertThat(policies()
                        .simulate(List.of(Policy.permit("All").build()), Duration.ofHours(1))
                        .calls())
                .isZero();
    }

    @Test
    void timeThatIsNoneIsRefused() {
        for (Duration none : List.of(Duration.ZERO, Duration.ofHours(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThat(Stage.failure(() -> policies().simulate(List.of(), none)).code())
                    .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        }
    }
}
