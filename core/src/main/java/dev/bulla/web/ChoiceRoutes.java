package dev.bulla.web;

import static dev.bulla.web.Endpoint.member;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.model.Landing;
import dev.bulla.provider.Json;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.web.Limits.Action;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an account stands for, and whose it is: the questions after a consent. A ticket comes in the body, never in an address. */
final class ChoiceRoutes {
    private ChoiceRoutes() {}

    static final List<Endpoint> ALL = List.of(
            member("POST", "connections/{connection}/selection", ChoiceRoutes::begin),
            member("POST", "selection/options", ChoiceRoutes::options),
            member("POST", "selection/choose", Action.FORM, ChoiceRoutes::choose),
            member("POST", "identity", ChoiceRoutes::identity));

    private static WebResponse begin(Call call) {
        call.body().only("label", "key");
        return outcome(call, call.inSession(session -> session.selection(call.connection(), call.label())));
    }

    private static WebResponse options(Call call) {
        Body body = call.body().only("ticket", "step", "chosen", "parent", "search", "page", "key");
        String ticket = body.needed("ticket");
        Selection.Query query = new Selection.Query(
                body.needed("step"),
                body.lists("chosen"),
                body.text("parent").orElse(null),
                body.text("search").orElse(null),
                body.text("page").orElse(null));
        Selection.Page page = call.inSession(session -> session.options(ticket, query));
        return new Fields()
                .each(
                        "options",
                        page.options(),
                        option -> new Fields()
                                .put("id", option.id())
                                .put("name", option.name())
                                .put("opens", option.opens()))
                .maybe("next", Optional.ofNullable(page.next()))
                .ok();
    }

    private static WebResponse choose(Call call) {
        Body body = call.body().only("ticket", "choices", "key");
        String ticket = body.needed("ticket");
        Map<String, List<Choice>> choices = new LinkedHashMap<>();
        body.objects("choices")
                .forEach((step, chosen) -> choices.put(
                        step, chosen.stream().map(ChoiceRoutes::choice).toList()));
        return outcome(call, call.inSession(session -> session.choose(ticket, choices)));
    }

    private static Choice choice(Json chosen) {
        return new Choice(
                chosen.id("id")
                        .orElseThrow(() -> new BullaException(ErrorCode.INVALID_ARGUMENT, "a choice has an 'id'")),
                chosen.text("name").orElse(null));
    }

    private static WebResponse identity(Call call) {
        Body body = call.body().only("ticket", "accept");
        String ticket = body.needed("ticket");
        boolean yes = body.flag("accept")
                .orElseThrow(() -> new BullaException(ErrorCode.INVALID_ARGUMENT, "'accept' is missing"));
        return outcome(call, call.member().confirmIdentity(ticket, yes));
    }

    private static WebResponse outcome(Call call, Landing.Outcome outcome) {
        if (outcome instanceof Landing.Connected connected) {
            return new Fields()
                    .put("outcome", "CONNECTED")
                    .put("account", AccountView.of(connected.account()))
                    .ok();
        }
        if (outcome instanceof Landing.Choosing choosing) {
            return new Fields()
                    .put("outcome", "CHOOSING")
                    .put("account", AccountView.of(choosing.account()))
                    .put("ticket", choosing.ticket())
                    .each("steps", choosing.steps(), ChoiceRoutes::step)
                    .ok();
        }
        if (outcome instanceof Landing.IdentityDiffers differs) {
            return new Fields()
                    .put("outcome", "IDENTITY_DIFFERS")
                    .put("connection", differs.connection())
                    .put("ticket", differs.ticket())
                    .maybe("before", differs.before())
                    .put("now", differs.now())
                    .ok();
        }
        Landing.Failed failed = (Landing.Failed) outcome;
        Obstacle advice = failed.advice();
        return call.refused(new Problem(409, failed.code().name(), failed.detail(), advice, false, Optional.empty()));
    }

    private static Fields step(Selection.Step step) {
        return new Fields()
                .put("id", step.id())
                .put("label", step.label())
                .put("least", step.least())
                .put("most", step.most())
                .put("tree", step.tree())
                .put("search", step.search());
    }
}
