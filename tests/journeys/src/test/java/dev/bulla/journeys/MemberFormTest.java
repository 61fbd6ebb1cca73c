package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.bulla.MemberForms;
import dev.bulla.Session;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.form.Filled;
import dev.bulla.form.FormView;
import dev.bulla.form.FormView.Cell;
import dev.bulla.form.FormView.Change;
import dev.bulla.form.FormView.Row;
import dev.bulla.key.MemberKey;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Settings;
import dev.bulla.provider.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The forms of a member's accounts: shown, filled in by parts, by position and by label. */
class MemberFormTest extends MemberFormStage {
    private static final String KEY = "canary-key";

    private MemberKey keyOfAlice() {
        MemberKey key = MemberKey.parse(world.member("alice").keys().issue().text());
        world.member("alice").keys().confirm(key);
        return key;
    }

    @Test
    void isShownBeforeAnythingExists() {
        FormView form = FormView.member(keys(), Mode.FORM);
        assertThat(form.missing()).containsExactly("key");
        assertThat(form.groups().get(0))
                .returns("accounts", FormView.Group::id)
                .returns(true, FormView.Group::repeated)
                .returns(List.of(), FormView.Group::rows);
        assertThat(form.editable()).isEqualTo(Map.of("accounts", List.of()));
        assertThat(alice().view("keys"))
                .usingRecursiveComparison()
                .comparingOnlyFields("title", "none")
                .isEqualTo(form);
    }

    @Test
    void whereMembersConsentThereIsNothingToFillIn() {
        assertThat(FormView.member(world.provider("demo"), Mode.OWN_APP))
                .returns(List.of(), FormView::groups)
                .returns(true, form -> form.none().contains("consent at Demo"));
        assertThat(FormView.member(keys(), Mode.HOST_CREDENTIAL).none()).contains("provided for everybody");
        world.connection("notes");
        refused(ErrorCode.INVALID_SETTING, () -> alice().fill("notes", Map.of("key", KEY)));
    }

    @Test
    void partKeepsTheRestAndIsVerified() {
        Filled filled = alice().fill("keys", Map.of("key", " " + KEY + " ", "team", "t"));
        assertThat(filled)
                .returns(List.of("key", "region", "team"), Filled::changed)
                .returns(true, done -> done.account().ready());
        assertThat(lastAsked()).isEqualTo(Map.of("key", KEY, "region", "us", "team", "t"));

        Filled part = alice().fill("keys", Map.of("region", "eu", "users", "1, 2", "key", ""));
        assertThat(part).returns(List.of("region", "users"), Filled::changed).returns(List.of(), Filled::refused);
        assertThat(part.account().id()).isEqualTo(filled.account().id());
        assertThat(lastAsked()).isEqualTo(Map.of("key", KEY, "region", "eu", "users", "1\n2", "team", "t"));

        assertThat(alice().fill("keys", Map.of("users", "3", "region", " ")).changed())
                .containsExactly("region", "users");
        assertThat(lastAsked()).isEqualTo(Map.of("key", KEY, "region", "us", "users", "3", "team", "t"));
        alice().fill("keys", Map.of("extra", "more"));
        assertThat(alice().fill("keys", Map.of("users", "", "extra", " ")).changed())
                .containsExactly("users");
        assertThat(lastAsked()).containsEntry("extra", "more");
        assertThat(lastAsked()).doesNotContainKey("users");
        try (Session session = world.member("alice").session()) {
            assertThat(session.tokenForSdk("keys").reveal()).isEqualTo(KEY);
        }
    }

    @Test
    void nothingIsAskedWhereNothingChanges() {
        alice().fill("keys", Map.of("key", KEY));
        int questions = asked.size();
        assertThat(alice().fill("keys", Map.of("key", KEY, "region", "us")).changed())
                .isEmpty();
        assertThat(asked).hasSize(questions);
    }

    @Test
    void goodValuesAreStoredBesideBadOnes() {
        assertThat(alice().fill(
                                "keys",
                                Map.of("key", KEY, "users", "x", "nonsense", "1", "_x", "2", "project", "mine")))
                .returns(List.of("users"), Filled::refused)
                .returns(List.of("_x", "nonsense", "project"), Filled::ignored);
        assertThat(alice().fill("keys", Map.of("region", "mars", "users", "5", "team", "other")))
                .returns(List.of("region"), Filled::refused)
                .returns(List.of("team"), Filled::ignored)
                .returns(List.of("users"), Filled::changed);
        assertThat(lastAsked()).isEqualTo(Map.of("key", KEY, "region", "us", "users", "5"));
        refused(ErrorCode.FORM_REFUSED, () -> world.member("bob").forms().fill("keys", Map.of("users", "1")));
        assertThat(world.member("bob").accounts()).isEmpty();
    }

    @Test
    void whatTheServiceRefusesChangesNothing() {
        ConnectedAccount before = alice().fill("keys", Map.of("key", KEY)).account();
        refused(ErrorCode.FORM_REFUSED, () -> alice().fill("keys", Map.of("key", "bad-canary", "region", "eu")));
        assertThat(world.member("alice").account("keys")).isEqualTo(before);
        assertThat(cell(rows(alice().view("keys")).get(0), "region").value()).contains("us");
    }

    @Test
    void blankedFormIsNoDisconnect() {
        alice().fill("keys", Map.of("key", KEY));
        assertThatThrownBy(() -> alice().fill("keys", Map.of("key", " ", "region", "", "users", "")))
                .isInstanceOf(BullaException.class)
                .hasMessageContaining("disconnect it");
        assertThat(world.member("alice").account("keys").ready()).isTrue();
    }

    @Test
    void keyIsNeededWhereTheAccountIsSealedToIt() {
        MemberKey key = keyOfAlice();
        alice().fill("keys", Map.of("key", KEY, "users", "1"));
        refused(ErrorCode.KEY_REQUIRED, () -> alice().fill("keys", Map.of("region", "eu")));
        refused(ErrorCode.KEY_REQUIRED, () -> alice().fillByPosition("keys", List.of(Map.of("region", "eu"))));
        refused(ErrorCode.KEY_REQUIRED, () -> alice().fillByLabel("keys", Map.of("", Map.of("region", "eu"))));
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        rows.put("new", Map.of("key", "k9"));
        rows.put("", Map.of("region", "eu"));
        refused(ErrorCode.KEY_REQUIRED, () -> alice().fillByLabel("keys", rows));
        assertThat(world.member("alice").accounts()).hasSize(1); // nothing was begun
        assertThat(alice().fillByLabel("keys", Map.of("other", Map.of("key", "k2")))
                        .rows())
                .hasSize(1);

        Row shut = rows(alice().view("keys")).get(0);
        assertThat(shut.keyRequired()).isTrue();
        assertThat(cell(shut, "users")).returns(true, Cell::set).returns(Optional.empty(), Cell::value);
        assertThat(cell(shut, "extra").set()).isFalse();

        try (Session session = world.member("alice").session(key)) {
            assertThat(session.forms().fill("keys", Map.of("region", "eu")).changed())
                    .containsExactly("region");
            Row open = rows(session.forms().view("keys")).get(0);
            assertThat(cell(open, "users").value()).contains("1");
            assertThat(cell(open, "key")).returns(true, Cell::set).returns(Optional.empty(), Cell::value);
        }
        assertThat(lastAsked()).isEqualTo(Map.of("key", KEY, "region", "eu", "users", "1"));
    }

    @Test
    void closedSessionFillsInNothing() {
        Session session = world.member("alice").session();
        MemberForms forms = session.forms();
        session.close();
        refused(ErrorCode.SESSION_CLOSED, () -> forms.fill("keys", Map.of("key", KEY)));
        refused(ErrorCode.SESSION_CLOSED, () -> forms.view("keys"));
    }

    @Test
    void secretsGoToNoOtherAddressThanTheyWereTypedFor() {
        world.owner().create("sites", "sites");
        alice().fill("sites", Map.of("site", "https://good.example.com", "key", KEY));
        int questions = asked.size();
        assertThatThrownBy(() -> alice().fill("sites", Map.of("site", "https://evil.example.com")))
                .isInstanceOf(BullaException.class)
                .hasMessageContaining("[key]");
        assertThat(asked).hasSize(questions);
        assertThat(alice().fill("sites", Map.of("site", "https://next.example.com", "key", KEY))
                        .changed())
                .containsExactly("site");

        alice().fill("keys", Map.of("key", KEY));
        world.owner().save("keys", Settings.none().with("shop", "evil"));
        refused(ErrorCode.RECONNECT_REQUIRED, () -> alice().fill("keys", Map.of("region", "eu")));
        assertThat(asked).hasSize(questions + 2);
    }

    @Test
    void secretThatIsRefusedLeavesNoneForAnotherAddress() {
        world.owner().create("sites", "sites");
        alice().fill("sites", Map.of("site", "https://good.example.com", "key", KEY));
        int questions = asked.size();
        refused(
                ErrorCode.FORM_REFUSED,
                () -> alice().fill("sites", Map.of("site", "https://evil.example.com", "key", "k".repeat(20_001))));
        assertThat(asked).hasSize(questions);
        assertThat(cell(rows(alice().view("sites")).get(0), "site").value()).contains("https://good.example.com");
    }

    @Test
    void addressOfAnyLengthIsTakenOrRefused() {
        world.owner().create("sites", "sites");
        for (String site : List.of("https://a.example.com" + "/b".repeat(9_900), "https://" + "a".repeat(79_000))) {
            Map<String, String> typed = Map.of("site", site, "key", KEY);
            assertThatThrownBy(() -> {
                        alice().fill("sites", typed);
                        throw new BullaException(ErrorCode.FORM_REFUSED, "taken");
                    })
                    .isInstanceOf(BullaException.class);
        }
    }

    @Test
    void ofTwoAtOnceNoneIsLost() throws InterruptedException {
        alice().fill("keys", Map.of("key", KEY));
        second = new CountDownLatch(1);
        Thread slow = new Thread(() -> alice().fill("keys", Map.of("users", "7")));
        slow.start();
        await(first);
        alice().fill("keys", Map.of("region", "eu"));
        second.countDown();
        slow.join();
        assertThat(lastAsked()).isEqualTo(Map.of("key", KEY, "region", "eu", "users", "7"));
        Row row = rows(alice().view("keys")).get(0);
        assertThat(cell(row, "region").value()).contains("eu");
        assertThat(cell(row, "users").value()).contains("7");
        assertThat(alice().view("keys").history()).hasSize(3);
    }

    @Test
    void historyTellsWhoChangedWhatWhere() {
        alice().fill("keys", Map.of("key", KEY));
        world.time.advance(java.time.Duration.ofHours(1));
        alice().fill("keys", "eu", Map.of("key", "canary-other", "region", "eu"));
        world.time.advance(java.time.Duration.ofHours(1));
        world.member("alice").submit("keys", Map.of("key", KEY, "region", "eu"));
        FormView form = alice().view("keys");
        assertThat(form.history())
                .extracting(Change::by, Change::label, Change::fields)
                .containsExactly(
                        tuple("alice", "", List.of("key", "region")),
                        tuple("alice", "eu", List.of("key", "region")),
                        tuple("alice", "", List.of("key", "region")));
        assertThat(form.history().get(0).at()).isEqualTo(world.time.instant());
        assertThat(form.toString()).doesNotContain("canary");
    }
}
