package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulla.ApiRequest;
import dev.bulla.Member;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.model.Landing;
import dev.bulla.model.Reason;
import dev.bulla.model.SealedTo;
import dev.bulla.model.Settings;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.Selection.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An account that stands for what its member chooses. */
@ParameterizedClass
@EnumSource(Ground.Kind.class)
class SelectionTest {
    private static final Query PAGE = Query.of("page");

    private final Ground ground;
    private final World world;
    private final Pages pages;

    SelectionTest(Ground.Kind kind) {
        ground = Ground.of(kind);
        world = ground.world;
        pages = new Pages(world, "a1", "a2", "b1");
    }

    @AfterEach
    void close() {
        ground.close();
        pages.close();
    }

    private Landing.Choosing connected() {
        return connected("anna");
    }

    private Landing.Choosing connected(String user) {
        return (Landing.Choosing) world.connect("alice", "pages", user).outcome();
    }

    private Member alice() {
        return world.member("alice");
    }

    static Map<String, List<Choice>> page(String... ids) {
        return Map.of("page", List.of(ids).stream().map(Choice::of).toList());
    }

    private Landing.Outcome choose(Landing.Choosing choosing, String... ids) {
        return alice().choose(choosing.ticket(), page(ids));
    }

    private void assertRefused(Landing.Outcome outcome, ConnectError code, String detail) {
        assertThat(outcome).isEqualTo(new Landing.Failed(code, detail));
    }

    private String sent(Session session) {
        session.call("pages", ApiRequest.get("/me"));
        return pages.api.last().bearer();
    }

    private String sent() {
        try (Session session = alice().session()) {
            return sent(session);
        }
    }

    @Test
    void accountIsOfNoUseBeforeTheChoice() {
        pages.connectable(pages.one());
        Landing landing = world.connect("alice", "pages", "anna");

        Landing.Choosing choosing = (Landing.Choosing) landing.outcome();
        assertThat(choosing.steps()).extracting(Step::id).containsExactly("page");
        assertThat(choosing.account()).isEqualTo(alice().account("pages"));
        assertThat(choosing.account().status()).isEqualTo(AccountStatus.PENDING);
        assertThat(choosing.account().reason()).contains(Reason.SELECTION_PENDING);
        assertThat(choosing.account().ready()).isFalse();
        assertThat(Trip.parameters(landing.location()))
                .containsEntry("pg_connected", "true")
                .containsEntry(
                        "pg_pages",
                        "[{\"id\":\"a1\",\"name\":\"Page a1\"},{\"id\":\"a2\",\"name\":\"Page a2\"},"
                                + "{\"id\":\"b1\",\"name\":\"Page b1\"}]");
        try (Session session = alice().session()) {
            assertThatExceptionOfType(BullaException.class)
                    .isThrownBy(() -> sent(session))
                    .returns(ErrorCode.SELECTION_PENDING, BullaException::code);
        }
    }

    @Test
    void chosenPageIsWhatTheAccountStandsFor() {
        pages.connectable(pages.one());
        Landing.Choosing choosing = connected();
        assertThat(alice().options(choosing.ticket(), PAGE).options())
                .extracting(Option::id)
                .containsExactly("a1", "a2", "b1");

        assertThat(choose(choosing, "a2")).isEqualTo(new Landing.Connected(alice().account("pages")));

        ConnectedAccount account = alice().account("pages");
        assertThat(account.id()).isEqualTo(choosing.account().id());
        assertThat(account.ready()).isTrue();
        assertThat(account.reason()).isEmpty();
        assertThat(account.displayName()).contains("Page a2");
        assertThat(account.attributes()).isEqualTo(Map.of("page_id", "a2"));
        assertThat(sent()).isEqualTo(Pages.TOKEN + "a2");
    }

    @Test
    void nameThatTheMemberGivesIsShown() {
        pages.connectable(pages.one());
        Landing.Choosing choosing = connected();
        Choice named = new Choice("a2", " Our\nshop ");
        assertConnected(alice().choose(choosing.ticket(), Map.of("page", List.of(named))));
        assertThat(alice().account("pages").displayName()).contains("Our shop");
    }

    @Test
    void ticketIsGoodOnce() {
        pages.connectable(pages.one());
        Landing.Choosing choosing = connected();
        assertConnected(choose(choosing, "a1"));
        assertRefused(choose(choosing, "a2"), ConnectError.SESSION_EXPIRED, "ticket_used");
        assertThatExceptionOfType(BullaException.class)
                .isThrownBy(() -> alice().options(choosing.ticket(), PAGE))
                .returns(ErrorCode.SESSION_EXPIRED, BullaException::code);
        assertThat(alice().account("pages").attributes()).containsEntry("page_id", "a1");
    }

    @Test
    void ticketIsGoodForAQuarterOfAnHour() {
        pages.connectable(pages.one());
        Landing.Choosing choosing = connected();
        ground.advance(Duration.ofMinutes(14));
        assertThat(alice().options(choosing.ticket(), PAGE).options()).hasSize(3);
        ground.advance(Duration.ofMinutes(1));
        assertRefused(choose(choosing, "a1"), ConnectError.SESSION_EXPIRED, "ticket_expired");
        assertThat(alice().account("pages").status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void ticketIsAnothersInNoHand() {
        pages.connectable(pages.one());
        Landing.Choosing choosing = connected();
        for (Member other :
                List.of(world.member("bob"), world.bulla.tenant("evil").member("alice"))) {
            assertRefused(other.choose(choosing.ticket(), page("a1")), ConnectError.SESSION_EXPIRED, "ticket_unknown");
            assertThatExceptionOfType(BullaException.class)
                    .isThrownBy(() -> other.options(choosing.ticket(), PAGE))
                    .returns(ErrorCode.SESSION_EXPIRED, BullaException::code);
        }
        assertRefused(alice().choose("no-ticket", page("a1")), ConnectError.SESSION_EXPIRED, "ticket_unknown");
        assertConnected(choose(choosing, "a1"));
    }

    @Test
    void refusedChoiceLeavesTheTicketGood() {
        pages.connectable(pages.one());
        Landing.Choosing choosing = connected();
        assertRefused(choose(choosing, "z9"), ConnectError.SELECTION_UNKNOWN, "selection_unknown");
        assertRefused(choose(choosing, ""), ConnectError.SELECTION_UNKNOWN, "no_id");
        assertRefused(choose(choosing), ConnectError.SELECTION_MISSING, "exactly one");
        assertRefused(choose(choosing, "a1", "a2"), ConnectError.SELECTION_TOO_MANY, "exactly one");
        assertRefused(
                alice().choose(choosing.ticket(), Map.of("pages", List.of(Choice.of("a1")))),
                ConnectError.SELECTION_UNKNOWN,
                "step_unknown");
        assertThat(alice().account("pages").status()).isEqualTo(AccountStatus.PENDING);
        assertConnected(choose(choosing, "a1"));
    }

    @Test
    void laterChoiceReplacesTheFormerOneAndARefusedOneDoesNot() {
        pages.connectable(pages.some(Step.several("page", "Pages", 2)));
        assertConnected(choose(connected(), "a1", "a2"));
        try (Session session = alice().session()) {
            sent(session);
            assertThat(pages.api.last().header("pages")).isEqualTo("a1+a2");
            Landing.Choosing again = session.selection("pages");
            assertThat(again.account().ready()).isTrue();
            assertRefused(choose(again, "a1", "a2", "b1"), ConnectError.SELECTION_TOO_MANY, "at most 2");
            assertThat(alice().account("pages").attributes()).containsEntry("page_ids", "a1+a2");
            assertConnected(choose(again, "b1"));
            sent(session);
            assertThat(pages.api.last().header("pages")).isEqualTo("b1");
        }
    }

    @Test
    void laterChoiceIsAskedForWithWhatTheServiceGaveAtTheConsent() {
        pages.connectable(pages.one());
        assertConnected(choose(connected(), "a1"));
        try (Session session = alice().session()) {
            Landing.Choosing again = session.selection("pages");
            assertThat(alice().options(again.ticket(), PAGE).options()).hasSize(3);
            assertThat(pages.tokenOfLists()).isNotEmpty().doesNotStartWith(Pages.TOKEN);
            assertConnected(choose(again, "b1"));
            assertThat(sent(session)).isEqualTo(Pages.TOKEN + "b1");
        }
    }

    @Test
    void reconnectKeepsTheChoice() {
        pages.connectable(pages.one());
        assertConnected(choose(connected(), "a2"));
        pages.named("a2", "New name");
        Landing landing = world.connect("alice", "pages", "anna");
        assertConnected(landing);
        assertThat(Trip.parameters(landing.location())).containsKey("pg_pages");
        assertThat(alice().account("pages").displayName()).contains("New name");
        assertThat(alice().account("pages").attributes()).isEqualTo(Map.of("page_id", "a2"));
        assertThat(sent()).isEqualTo(Pages.TOKEN + "a2");
    }

    @Test
    void reconnectAsksAgainWhereTheChoiceIsGone() {
        pages.connectable(pages.one());
        assertConnected(choose(connected(), "a2"));
        pages.gone("a2");
        Landing.Choosing choosing = connected();
        assertThat(choosing.account().status()).isEqualTo(AccountStatus.PENDING);
        assertThat(choosing.account().attributes()).isEmpty();
        assertConnected(choose(choosing, "b1"));
    }

    @Test
    void anotherIdentityChoosesAnew() {
        pages.connectable(pages.one());
        assertConnected(choose(connected(), "a2"));
        Landing.IdentityDiffers differs =
                (Landing.IdentityDiffers) world.connect("alice", "pages", "ben").outcome();
        assertThat(alice().account("pages").attributes()).containsEntry("page_id", "a2");
        Landing.Choosing choosing = (Landing.Choosing) alice().confirmIdentity(differs.ticket(), true);
        assertThat(choosing.account().status()).isEqualTo(AccountStatus.PENDING);
        assertThat(choosing.account().attributes()).isEmpty();
        assertConnected(choose(choosing, "b1"));
        assertThat(alice().account("pages").displayName()).contains("Page b1");
    }

    @Test
    void disconnectForgetsTheChoice() {
        pages.connectable(pages.one());
        assertConnected(choose(connected(), "a2"));
        assertThat(alice().disconnect("pages").revocation()).isEqualTo(Revocation.REVOKED);
        assertThat(alice().account("pages").attributes()).isEmpty();
        assertThat(world.server.grants("anna")).isEmpty();
        assertThat(connected().account().status()).isEqualTo(AccountStatus.PENDING);
    }

    @Test
    void ticketOfAnAccountThatEndedIsOver() {
        pages.connectable(pages.one());
        Landing.Choosing choosing = connected();
        alice().disconnect("pages");
        assertRefused(choose(choosing, "a1"), ConnectError.SESSION_EXPIRED, "account_changed");
        Landing.Choosing next = connected();
        assertRefused(choose(choosing, "a1"), ConnectError.SESSION_EXPIRED, "account_changed");
        assertConnected(choose(next, "a1"));
    }

    @Test
    void nothingToChooseStoresNothing() {
        pages.connectable(pages.one());
        List.of("a1", "a2", "b1").forEach(pages::gone);
        Landing landing = world.connect("alice", "pages", "anna");
        assertRefused(landing.outcome(), ConnectError.NOTHING_TO_CHOOSE, "no_pages");
        assertThat(Trip.parameters(landing.location()))
                .containsEntry("pg_error", "no_pages")
                .doesNotContainKey("pg_pages");
        assertThat(alice().accounts()).isEmpty();
        assertThat(world.server.grants("anna")).isEmpty();
    }

    @Test
    void optionalChoiceLeavesTheAccountReady() {
        pages.connectable(pages.some(Step.several("page", "Pages", 2).optional()));
        Landing.Choosing choosing = connected();
        assertThat(choosing.account().ready()).isTrue();
        assertThat(sent()).isNotEmpty();
        assertThat(pages.api.last().header("pages")).isNull();
        assertConnected(choose(choosing, "a1"));
        sent();
        assertThat(pages.api.last().header("pages")).isEqualTo("a1");
        try (Session session = alice().session()) {
            assertConnected(choose(session.selection("pages")));
        }
        assertThat(alice().account("pages").attributes()).isEmpty();
    }

    @Test
    void chosenWithoutTheKeyRightAfterTheCallback() {
        pages.connectable(pages.one());
        world.owner().save("pages", Settings.none().memberKeyFirst(true));
        MemberKey key = MemberKey.parse(alice().keys().issue().text());
        alice().keys().confirm(key);
        Landing.Choosing choosing = connected();
        assertThat(choosing.account().sealedTo()).isEqualTo(SealedTo.MEMBER);
        assertThat(alice().options(choosing.ticket(), PAGE).options()).hasSize(3);
        assertConnected(choose(choosing, "a1"));
        assertThat(alice().account("pages").sealedTo()).isEqualTo(SealedTo.MEMBER);
        try (Session session = alice().session()) {
            assertThatExceptionOfType(BullaException.class)
                    .isThrownBy(() -> session.selection("pages"))
                    .returns(ErrorCode.KEY_REQUIRED, BullaException::code);
        }
        try (Session session = alice().session(key)) {
            assertThat(sent(session)).isEqualTo(Pages.TOKEN + "a1");
            Landing.Choosing again = session.selection("pages");
            assertConnected(choose(again, "b1"));
            assertThat(sent(session)).isEqualTo(Pages.TOKEN + "b1");
        }
    }

    @Test
    void refreshKeepsWhatWaitsAndWhatWasChosen() {
        pages.connectable(pages.one());
        Landing.Choosing choosing = connected();
        ground.advance(Duration.ofMinutes(61));
        assertThat(world.bulla.maintenance().refreshDue(10).refreshed()).isEqualTo(1);
        assertThat(alice().account("pages").status()).isEqualTo(AccountStatus.PENDING);
        assertThat(alice().account("pages").reason()).contains(Reason.SELECTION_PENDING);
        Landing.Choosing again;
        try (Session session = alice().session()) {
            again = session.selection("pages");
        }
        assertRefused(choose(choosing, "a1"), ConnectError.SESSION_EXPIRED, "ticket_expired");
        assertConnected(choose(again, "a1"));
        String before = pages.tokenOfLists();

        ground.advance(Duration.ofMinutes(61));
        assertThat(world.bulla.maintenance().refreshDue(10).refreshed()).isEqualTo(1);
        assertThat(alice().account("pages").attributes()).isEqualTo(Map.of("page_id", "a1"));
        assertThat(sent()).isEqualTo(Pages.TOKEN + "a1");
        try (Session session = alice().session()) {
            alice().options(session.selection("pages").ticket(), PAGE);
        }
        assertThat(pages.tokenOfLists()).isNotEqualTo(before);
    }
}
