package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.model.ConnectStep;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Landing;
import dev.bulla.model.Reason;
import dev.bulla.model.Settings;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was granted is told apart from what was asked for, and neither is taken for the other. */
class ScopesTest {
    private final World world = new World();

    @BeforeEach
    void connection() {
        world.connection("notes");
        world.owner().save("notes", Settings.none().scopes("notes.read", "notes.write"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private ConnectedAccount connected(Trip trip) {
        Landing landing = world.member("alice").complete(trip.request());
        assertThat(landing.outcome()).isInstanceOf(Landing.Connected.class);
        return world.member("alice").account("notes");
    }

    @Test
    void fewerScopesAreAReasonAndNoFailure() {
        Trip trip = Trip.agreed(
                world.server,
                (ConnectStep.Redirect) world.member("alice").connect("notes", World.RETURN),
                "anna",
                "notes.read");
        assertThat(connected(trip))
                .returns(true, ConnectedAccount::ready)
                .returns(Reason.SCOPES_MISSING, account -> account.reason().orElseThrow())
                .returns(List.of("notes.write"), ConnectedAccount::missingScopes)
                .returns(false, ConnectedAccount::scopesAssumed);
        assertThat(world.owner().accounts("notes").needingConsent()).hasSize(1);
    }

    @Test
    void moreScopesAreFlagged() {
        answering(List.of("notes.read", "notes.write", "notes.admin"));
        assertThat(connected(world.trip("alice", "notes", "anna")))
                .returns(true, ConnectedAccount::ready)
                .returns(List.of("notes.admin"), ConnectedAccount::unrequestedScopes)
                .returns(List.of(), ConnectedAccount::missingScopes);
    }

    @Test
    void silentAnswerIsAssumedToGrantWhatWasAskedFor() {
        answering(null);
        assertThat(connected(world.trip("alice", "notes", "anna")))
                .returns(true, ConnectedAccount::scopesAssumed)
                .returns(List.of("notes.read", "notes.write"), ConnectedAccount::scopes)
                .returns(Map.of(), ConnectedAccount::attributes)
                .returns(true, account -> account.reason().isEmpty());
    }

    /** The service's answers name these scopes from now on. */
    private void answering(@Nullable List<String> scopes) {
        world.restartKnowing(world.provider(
                        "demo",
                        world.spec()
                                .tokenReader((answer, standard) -> {
                                    TokenSet set = standard.apply(answer);
                                    return Tokens.of(new TokenSet(
                                            set.accessToken(), set.refreshToken(), null, null, scopes, Map.of()));
                                })
                                .build())
                .build());
    }

    @Test
    void changedScopesNeedANewConsent() {
        world.owner().save("notes", Settings.none().scopes("notes.read"));
        ConnectedAccount narrow = connected(world.trip("alice", "notes", "anna"));
        assertThat(narrow.missingScopes()).isEmpty();
        assertThat(world.owner().accounts("notes").needingConsent()).isEmpty();
        world.owner().save("notes", Settings.none().scopes("notes.read", "notes.write"));
        assertThat(world.owner().accounts("notes").needingConsent())
                .extracting(ConnectedAccount::id)
                .containsExactly(narrow.id());
        ConnectedAccount wide = connected(world.trip("alice", "notes", "anna"));
        assertThat(wide.id()).isEqualTo(narrow.id());
        assertThat(world.owner().accounts("notes").needingConsent()).isEmpty();
    }
}
