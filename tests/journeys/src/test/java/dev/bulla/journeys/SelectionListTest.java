package dev.bulla.journeys;

import static dev.bulla.journeys.Trip.assertConnected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bulla.Member;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.event.AccountEvent;
import dev.bulla.event.BullaEvent;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Page;
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.Selection.Source;
import dev.bulla.provider.Selection.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a member is shown to choose from. */
class SelectionListTest {
    private static final Path LOG = Path.of("target", "journeys.log");

    private final List<BullaEvent> told = new CopyOnWriteArrayList<>();
    private final Ground ground = Ground.h2(setup -> setup.listener(told::add));
    private final World world = ground.world;
    private final Pages pages = new Pages(world, "a1", "a2", "b1");
    private final List<Query> asked = new ArrayList<>();

    @AfterEach
    void close() {
        ground.close();
        pages.close();
    }

    private Member alice() {
        return world.member("alice");
    }

    private Landing.Choosing connected() {
        return (Landing.Choosing) world.connect("alice", "pages", "anna").outcome();
    }

    private String ticket(Source source, Step... steps) {
        Selection selection = new Selection(
                Arrays.asList(steps),
                (query, tokens, call) -> {
                    asked.add(query);
                    return source.list(query, tokens, call);
                },
                (chosen, tokens, call) -> new Chosen(tokens, Map.of("all", String.valueOf(chosen.keySet())), null),
                "no_accounts");
        pages.connectable(selection);
        return connected().ticket();
    }

    private static Step step() {
        return Step.one("item", "Item");
    }

    private static List<Option> items(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> Option.of("i" + i, "Item " + i))
                .toList();
    }

    private void refused(ErrorCode code, String ticket, Query query) {
        assertThatExceptionOfType(BullaException.class)
                .isThrownBy(() -> alice().options(ticket, query))
                .returns(code, BullaException::code);
    }

    @Test
    void longListIsCutIntoPages() {
        String ticket = ticket((query, tokens, call) -> new Page(items(0, 450), null), step());
        Query query = Query.of("item");
        Page first = alice().options(ticket, query);
        Page second = alice().options(ticket, query.after(first.next()));
        Page third = alice().options(ticket, query.after(second.next()));
        assertThat(first.options()).isEqualTo(items(0, 200));
        assertThat(second.options()).isEqualTo(items(200, 400));
        assertThat(third).isEqualTo(new Page(items(400, 450), null));
    }

    @Test
    void pagesOfTheServiceAreFollowedAndEmptyOnesPassedOver() {
        Source source = (query, tokens, call) -> {
            String page = query.page() == null ? "p0" : query.page();
            return switch (page) {
                case "p0" -> new Page(items(0, 2), "p1");
                case "p1" -> new Page(List.of(), "p2");
                default -> new Page(items(2, 3), null);
            };
        };
        String ticket = ticket(source, step());
        Page first = alice().options(ticket, Query.of("item"));
        assertThat(first.options()).isEqualTo(items(0, 2));
        assertThat(alice().options(ticket, Query.of("item").after(first.next())))
                .isEqualTo(new Page(items(2, 3), null));
    }

    @Test
    void moreThanFiveHundredAreNotListed() {
        String ticket = ticket((query, tokens, call) -> new Page(items(0, 501), null), step());
        Query query = Query.of("item");
        int seen = 0;
        Page page = alice().options(ticket, query);
        while (seen + page.options().size() < 500) {
            seen += page.options().size();
            query = Query.of("item").after(page.next());
            page = alice().options(ticket, query);
        }
        assertThat(seen + page.options().size()).isEqualTo(500);
        refused(ErrorCode.TOO_MANY_OPTIONS, ticket, Query.of("item").after(page.next()));
    }

    @Test
    void namesAreLinesOfBoundedLength() {
        String ticket = ticket(
                (query, tokens, call) -> new Page(List.of(Option.of("1", "a\r\nb " + "x".repeat(300))), null), step());
        assertThat(alice().options(ticket, Query.of("item")).options().get(0).name())
                .startsWith("a  b x")
                .hasSize(255);
    }

    @Test
    void branchesAreOpenedAndTextsSearched() {
        String ticket = ticket(
                (query, tokens, call) -> new Page(List.of(new Option("f1", "Folder", true)), null),
                step().browsed().searched());
        alice().options(ticket, Query.of("item").in("root").matching("it's"));
        Query sent = asked.get(asked.size() - 1);
        assertThat(sent.parent()).isEqualTo("root");
        assertThat(sent.search()).isEqualTo("it's");
    }

    @Test
    void whatAStepDoesNotHaveIsNotAskedFor() {
        String ticket = ticket((query, tokens, call) -> new Page(items(0, 1), null), step());
        int before = asked.size();
        refused(ErrorCode.INVALID_ARGUMENT, ticket, Query.of("item").in("root"));
        refused(ErrorCode.INVALID_ARGUMENT, ticket, Query.of("item").matching("x"));
        refused(ErrorCode.INVALID_ARGUMENT, ticket, Query.of("other"));
        refused(ErrorCode.INVALID_ARGUMENT, ticket, Query.of("item").after("https://evil.example/"));
        assertThat(asked).hasSize(before);
    }

    @Test
    void laterStepSeesWhatWasChosenBefore() {
        Step first = Step.one("site", "Site").normalised(id -> id.replace("-", ""));
        Step second = Step.several("box", "Boxes", 2).optional();
        String ticket = ticket((query, tokens, call) -> new Page(items(0, 2), null), first, second);
        alice().options(ticket, Query.of("box").having("site", "i-1"));
        assertThat(asked.get(asked.size() - 1).chosen()).isEqualTo(Map.of("site", List.of("i1")));
        assertThat(alice().choose(ticket, Map.of("box", List.of(Choice.of("i0")))))
                .isEqualTo(new Landing.Failed(ConnectError.SELECTION_MISSING, "exactly one"));
        assertConnected(
                alice().choose(ticket, Map.of("site", List.of(Choice.of("i1")), "box", List.of(Choice.of("i0")))));
        assertThat(alice().account("pages").attributes()).containsEntry("all", "[site, box]");
    }

    @Test
    void listThatWouldShowATokenIsRefused() {
        String ticket = ticket(
                (query, tokens, call) -> new Page(
                        items(0, 1),
                        "after?access_token=" + tokens.main().accessToken().reveal()),
                step());
        refused(ErrorCode.SETUP, ticket, Query.of("item"));
    }

    @Test
    void optionWithoutANameIsCalledByItsId() {
        String ticket = ticket((query, tokens, call) -> new Page(List.of(nameless()), null), step());
        assertThat(alice().options(ticket, Query.of("item")).options()).containsExactly(Option.of("1", "1"));
    }

    @SuppressWarnings("NullAway") // what a provider may do by mistake
    private static Option nameless() {
        return Option.of("1", null);
    }

    @Test
    void noBreakOfALineIsLeftInAName() {
        String name = "a\u0085b\u2028c\u2029d";
        String ticket = ticket((query, tokens, call) -> new Page(List.of(Option.of("1", name)), null), step());
        assertThat(alice().options(ticket, Query.of("item")).options()).containsExactly(Option.of("1", "a b c d"));
    }

    @Test
    void whatIsListedTwiceIsShownOnce() {
        Page twice = new Page(List.of(Option.of("1", "x"), Option.of("2", "y"), Option.of("1", "x")), null);
        String ticket = ticket((query, tokens, call) -> twice, step());
        assertThat(alice().options(ticket, Query.of("item")).options())
                .containsExactly(Option.of("1", "x"), Option.of("2", "y"));
    }

    @Test
    void choiceOfNothingIsSaidToBeNone() {
        String ticket = ticket((query, tokens, call) -> new Page(items(0, 1), null), step());
        assertThat(alice().choose(ticket, Collections.singletonMap("item", null)))
                .isEqualTo(new Landing.Failed(ConnectError.SELECTION_MISSING, "exactly one"));
        assertThat(alice().choose(ticket, Map.of("item", Collections.singletonList(null))))
                .isEqualTo(new Landing.Failed(ConnectError.SELECTION_UNKNOWN, "no_id"));
    }

    @Test
    void troubleOfTheServiceIsSaidAndLeavesTheTicketGood() {
        pages.connectable(pages.one());
        Landing.Choosing choosing = connected();
        pages.api.answering(asked -> new SideService.Answer(200, "no json"));
        refused(ErrorCode.ANSWER_REFUSED, choosing.ticket(), Query.of("page"));
        assertThatExceptionOfType(BullaException.class)
                .isThrownBy(() -> alice().choose(choosing.ticket(), SelectionTest.page("a1")))
                .returns(ErrorCode.ANSWER_REFUSED, BullaException::code);
        pages.api.answering(pages::answer);
        assertConnected(alice().choose(choosing.ticket(), SelectionTest.page("a1")));
    }

    @Test
    void neitherTokensNorCandidatesAreMetAgain() throws IOException {
        pages.connectable(pages.one());
        long logged = Files.exists(LOG) ? Files.size(LOG) : 0;
        Landing landing = world.connect("alice", "pages", "anna");
        Landing.Choosing choosing = (Landing.Choosing) landing.outcome();
        String user = pages.tokenOfLists();
        String shown = choosing + " " + choosing.account() + landing + ground.dump();
        alice().choose(choosing.ticket(), SelectionTest.page("z9"));
        assertConnected(alice().choose(choosing.ticket(), SelectionTest.page("a2")));
        shown += ground.dump();
        world.bulla.close();
        assertThat(told).hasAtLeastOneElementOfType(AccountEvent.SelectionNeeded.class);
        shown += told;
        if (Files.exists(LOG)) {
            shown += Files.readString(LOG).substring((int) logged);
        }
        assertThat(user).isNotEmpty();
        assertThat(shown)
                .doesNotContain(Pages.TOKEN)
                .doesNotContain(user)
                .doesNotContain(choosing.ticket())
                .doesNotContain("Page a1")
                .doesNotContain("Page b1");
    }
}
