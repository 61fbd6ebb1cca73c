package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.ApiRequest;
import dev.bulla.Bulla;
import dev.bulla.Session;
import dev.bulla.error.CallRefused;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Settings;
import dev.bulla.policy.Baseline;
import dev.bulla.policy.Policy;
import dev.bulla.policy.PolicyVersion;
import dev.bulla.policy.ResourceCondition;
import dev.bulla.policy.Window;
import dev.bulla.tool.Tier;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of calls by what owners say about who may do what. */
class PoliciesTest extends PolicyStage {
    @Test
    void membersMayReadAndChangeToBeginWith() {
        allowed(READ);
        allowed(ApiRequest.of("POST", "/api/me"));
        assertThat(denied(DELETE).code()).isEqualTo(ErrorCode.POLICY_DENIED);
        assertThat(denied(() -> session.tokenForSdk("notes")).code()).isEqualTo(ErrorCode.POLICY_DENIED);
        assertThat(policies().list()).extracting(PolicyVersion::author).containsOnly(Baseline.AUTHOR);
    }

    @Test
    void ownerSwitchesTokensOn() {
        policies().enable(named("Applications may take tokens").id());
        assertThat(session.tokenForSdk("notes").reveal()).isNotEmpty();
    }

    @Test
    void withoutPoliciesEverythingIsDeniedForGood() {
        deleteAll();
        assertThat(denied(READ).code()).isEqualTo(ErrorCode.POLICY_DENIED);

        world.owner().save("notes", Settings.clientId("client-notes").clientSecret("secret-of-notes"));
        world.owner().disable("notes");
        world.owner().enable("notes");

        assertThat(policies().list()).isEmpty();
        denied(READ);
    }

    @Test
    void forbidBeatsPermitAndSaysWhy() {
        policies()
                .create(Policy.forbid("Freeze")
                        .denyMessage("We are moving house.")
                        .build());
        CallRefused refusal = denied(READ);
        assertThat(refusal.code()).isEqualTo(ErrorCode.POLICY_DENIED);
        assertThat(refusal.denyMessage()).isEqualTo("We are moving house.");

        policies().disable(named("Freeze").id());
        allowed(READ);
    }

    @Test
    void changeCountsAtTheVeryNextCallOfAnotherNode() {
        try (Bulla other = node(Baseline.standard());
                Session there = other.tenant(World.TENANT).member("alice").session()) {
            there.call("notes", READ);
            PolicyVersion freeze = policies().create(Policy.forbid("Freeze").build());
            assertThat(denied(() -> there.call("notes", READ)).code()).isEqualTo(ErrorCode.POLICY_DENIED);
            policies().delete(freeze.id());
            there.call("notes", READ);
        }
    }

    @Test
    void membersWithoutASetAreDeniedAndOthersHaveTheirOwn() {
        world.connect("bob", "notes", "ben");
        try (Bulla node = world.start(
                        world.store,
                        setup -> setup.policySets((tenant, member) ->
                                member.equals("alice") ? Optional.of("agents/alice") : Optional.empty()),
                        demo());
                Session alice = node.tenant(World.TENANT).member("alice").session();
                Session bob = node.tenant(World.TENANT).member("bob").session()) {
            denied(() -> alice.call("notes", READ));
            denied(() -> bob.call("notes", READ));

            policies()
                    .forSet("agents/alice")
                    .create(Policy.permit("Read").tiers(Tier.READ).build());

            alice.call("notes", READ);
            denied(() -> bob.call("notes", READ));
            assertThat(policies().sets()).containsExactly("", "agents/alice");
        }
    }

    @Test
    void chosenResourcesAreComparedInOneForm() {
        policies()
                .create(Policy.forbid("Secret page")
                        .resources(ResourceCondition.of("page", "Plans"))
                        .build());
        denied(ApiRequest.get("/pages/plans"));
        denied(ApiRequest.get("/pages/PLANS"));
        allowed(ApiRequest.get("/pages/other"));
        denied(ApiRequest.get("/elsewhere")); // what it touches is not known
        allowed(READ);
    }

    @Test
    void attributesThatAreNotKnownCountAgainstTheCall() {
        policies().delete(named("Members may read").id());
        policies()
                .create(Policy.permit("Open pages")
                        .tiers(Tier.READ)
                        .resources(ResourceCondition.all("page").with("visibility", "public"))
                        .build());
        denied(ApiRequest.get("/pages/plans"));
    }

    @Test
    void sessionIsStoppedAfterDenials() {
        policies().create(Policy.forbid("Enough").afterDenials(2).build());
        denied(DELETE);
        allowed(READ);
        denied(DELETE);
        denied(READ);
        session.close();
        session = world.member("alice").session();
        allowed(READ);
    }

    @Test
    void timeIsThatOfTheZone() {
        int hour = world.time.instant().atZone(ZoneId.of("Asia/Tokyo")).getHour();
        policies()
                .create(Policy.forbid("This hour")
                        .window(Window.in(ZoneId.of("Asia/Tokyo")).hours(hour, hour))
                        .build());
        denied(READ);
        world.time.advance(Duration.ofHours(1));
        session = world.member("alice").session();
        allowed(READ);
    }
}
