package dev.bulla.pages;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectError;
import dev.bulla.model.Landing;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Option;
import dev.bulla.provider.Selection.Step;
import dev.bulla.web.WebResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an account stands for: searched, browsed and chosen, step by step. The form carries the state, a cookie the ticket. */
final class ChoicePage {
    private static final String GO = "go";

    private ChoicePage() {}

    static WebResponse show(Visit visit) {
        return Ticket.find(visit, visit.parameter("t"), Ticket.CHOICE)
                .map(ticket -> page(visit, ticket, PickerState.first(steps(visit, ticket)), ""))
                .orElseGet(() -> IdentityPage.over(visit));
    }

    private static List<Step> steps(Visit visit, Ticket ticket) {
        return Words.provider(visit, ticket.connection())
                .flatMap(Provider::selection)
                .map(Selection::steps)
                .orElseThrow(
                        () -> new BullaException(ErrorCode.SESSION_EXPIRED, "there is nothing to choose any more"));
    }

    static WebResponse go(Visit visit) {
        Optional<Ticket> found = Ticket.find(visit, visit.field("t"), Ticket.CHOICE);
        if (found.isEmpty()) {
            return IdentityPage.over(visit);
        }
        Ticket ticket = found.get();
        PickerState state = PickerState.of(visit, steps(visit, ticket));
        String go = visit.request().field(GO).orElse("");
        String rest = go.substring(go.indexOf(':') + 1);
        return switch (go.contains(":") ? go.substring(0, go.indexOf(':')) : go) {
            case "open" ->
                page(visit, ticket, Picked.parse(rest).map(state::open).orElse(state), "");
            case "up" -> page(visit, ticket, state.up(rest.matches("[0-9]{1,4}") ? Integer.parseInt(rest) : 0), "");
            case "next" -> page(visit, ticket, state.on(rest), "");
            case "back" -> page(visit, ticket, state.to(Math.max(0, state.at() - 1)), "");
            case "choose" -> choose(visit, ticket, state);
            default -> page(visit, ticket, state.searched(), "");
        };
    }

    private static WebResponse choose(Visit visit, Ticket ticket, PickerState state) {
        Step step = state.step();
        int count = state.picked().size();
        if (count < step.least() || count > step.most()) {
            return page(visit, ticket, state, limits(visit, step));
        }
        if (!state.isLast()) {
            return page(visit, ticket, state.to(state.at() + 1), "");
        }
        Landing.Outcome outcome = visit.opened(session -> session.choose(ticket.secret(), state.choices()));
        if (outcome instanceof Landing.Failed failed && failed.code() != ConnectError.SESSION_EXPIRED) {
            return page(visit, ticket, state, Words.sentence(visit, failed.advice()));
        }
        return IdentityPage.end(visit, ticket, outcome).cookie(ticket.gone(visit.site()));
    }

    /** How many are to be chosen. */
    private static String limits(Visit visit, Step step) {
        if (step.most() == 1) {
            return visit.say(step.least() == 0 ? "choose.at-most-one" : "choose.one");
        }
        String most = step.most() == Integer.MAX_VALUE ? "" : Integer.toString(step.most());
        return visit.say(most.isEmpty() ? "choose.any" : step.least() == 0 ? "choose.at-most" : "choose.some", most);
    }

    private static WebResponse page(Visit visit, Ticket ticket, PickerState state, String wrong) {
        Selection.Page options = new Selection.Page(List.of(), null);
        String told = wrong;
        try {
            options = visit.opened(session -> session.options(ticket.secret(), state.query()));
        } catch (BullaException e) {
            if (e.code() == ErrorCode.SESSION_EXPIRED) {
                return IdentityPage.over(visit).cookie(ticket.gone(visit.site()));
            }
            told = Refusals.sentence(visit.site(), e);
        }
        Step step = state.step();
        String service = Words.service(visit, ticket.connection());
        return visit.page(
                told.isEmpty() ? 200 : 422,
                visit.say("choose.title", service),
                Html.of(
                        "%s<section class=\"card\">%s<h2>%s</h2><p class=\"quiet\" id=\"limits\">%s</p>%s</section><p><a href=\"%s\">%s</a></p>",
                        Pieces.errors(visit, told.isEmpty() ? List.of() : List.of(Html.of("%s", told))),
                        Html.of(
                                        "<p class=\"quiet\">%s</p>",
                                        visit.say(
                                                "choose.step",
                                                state.at() + 1,
                                                state.steps().size()))
                                .when(state.steps().size() > 1),
                        step.label(),
                        limits(visit, step),
                        form(visit, ticket, state, options),
                        visit.at(MemberPaths.PANEL),
                        visit.say("choose.later")));
    }

    private static Html form(Visit visit, Ticket ticket, PickerState state, Selection.Page page) {
        return visit.form(
                MemberPaths.CHOOSE,
                Html.of(
                        """
                        <input type="hidden" name="t" value="%s">%s%s%s%s%s%s%s<div class="bar">%s%s</div>
                        """,
                        ticket.id(),
                        Popup.field(Popup.checked(
                                visit.site(), visit.request().field(Popup.NAME).orElse(visit.parameter(Popup.NAME)))),
                        state.fields(),
                        search(visit, state),
                        crumbs(visit, state),
                        options(visit, state, page),
                        more(visit, page),
                        elsewhere(visit, state, page),
                        button("choose", visit.say(state.isLast() ? "choose.do" : "choose.on"), false),
                        button("back", visit.say("choose.back"), true).when(state.at() > 0)));
    }

    private static Html button(String go, String words, boolean plain) {
        return Html.of(
                "<button name=\"go\" value=\"%s\"%s>%s</button>",
                go, Html.of(" class=\"plain\"").when(plain), words);
    }

    private static Html search(Visit visit, PickerState state) {
        return Html.of("""
                        <div class="field"><label for="q">%s</label><div class="bar"><input id="q" name="q" type="search" value="%s" autocomplete="off">
                        <button class="plain" name="go" value="search">%s</button></div></div>
                        """, visit.say("choose.search"), state.search(), visit.say("panel.find"))
                .when(state.step().search());
    }

    private static Html crumbs(Visit visit, PickerState state) {
        List<Html> crumbs = new ArrayList<>();
        List<Picked> opened = state.opened();
        crumbs.add(crumb("up:0", visit.say("choose.top")));
        for (int i = 0; i < opened.size(); i++) {
            crumbs.add(
                    i == opened.size() - 1
                            ? Html.of(
                                    "<li aria-current=\"location\">%s</li>",
                                    opened.get(i).name())
                            : crumb("up:" + (i + 1), opened.get(i).name()));
        }
        return Html.of("<nav aria-label=\"%s\"><ol class=\"crumbs\">%s</ol></nav>", visit.say("choose.crumbs"), crumbs)
                .when(!opened.isEmpty());
    }

    private static Html crumb(String go, String words) {
        return Html.of("<li><button class=\"link\" name=\"go\" value=\"%s\">%s</button></li>", go, words);
    }

    private static Html options(Visit visit, PickerState state, Selection.Page page) {
        List<Html> rows = page.options().stream()
                .map(option -> Html.of(
                        "<li>%s%s</li>", box(state, new Picked(option.id(), option.name())), open(visit, option)))
                .toList();
        return rows.isEmpty()
                ? Html.of("<p role=\"status\">%s</p>", visit.say("choose.none"))
                : Html.of(
                        "<fieldset aria-describedby=\"limits\"><legend class=\"visually-hidden\">%s</legend><ul class=\"options\">%s</ul></fieldset>",
                        state.step().label(), rows);
    }

    private static Html box(PickerState state, Picked option) {
        return Html.of(
                "<label class=\"check\"><input type=\"%s\" name=\"pick\" value=\"%s\"%s><span>%s</span></label>",
                state.step().most() == 1 ? "radio" : "checkbox",
                option.text(),
                Html.of(" checked").when(state.picked().containsKey(option.id())),
                option.name());
    }

    private static Html open(Visit visit, Option option) {
        return Html.of(
                        "<button class=\"link\" name=\"go\" value=\"%s\">%s</button>",
                        "open:" + new Picked(option.id(), option.name()).text(),
                        visit.say("choose.open", option.name()))
                .when(option.opens());
    }

    private static Html more(Visit visit, Selection.Page page) {
        String next = page.next();
        return next == null
                ? Html.NOTHING
                : Html.of("<p>%s</p>", button("next:" + next, visit.say("choose.next"), true));
    }

    /** What is chosen and does not stand on this page. */
    private static Html elsewhere(Visit visit, PickerState state, Selection.Page page) {
        Map<String, Picked> picked = state.picked();
        List<Html> rows = picked.values().stream()
                .filter(one ->
                        page.options().stream().noneMatch(option -> option.id().equals(one.id())))
                .map(one -> Html.of("<li>%s</li>", box(state, one)))
                .toList();
        return Html.of(
                        "<fieldset><legend>%s</legend><ul class=\"options\">%s</ul></fieldset>",
                        visit.say("choose.chosen"), rows)
                .when(!rows.isEmpty());
    }
}
