package dev.bulla.web;

import dev.bulla.Member;
import dev.bulla.model.Landing;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to choose, and the choice, as JSON. The ticket comes in the form, from a page of the host. */
final class ChoiceRoutes {
    private static final String CHOSEN = "chosen.";
    private static final String NAMED = "name.";

    private ChoiceRoutes() {}

    /** Empty where the ticket or the step is missing. */
    static Optional<WebResponse> options(Member member, WebRequest request) {
        Optional<String> ticket = request.field("ticket");
        Optional<String> step = request.field("step");
        if (ticket.isEmpty() || step.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> chosen = new LinkedHashMap<>();
        chosen(request).forEach((name, ids) -> chosen.put(name, ids));
        Selection.Page page = member.options(
                ticket.get(),
                new Selection.Query(
                        step.get(),
                        chosen,
                        request.field("parent").orElse(null),
                        request.field("search").orElse(null),
                        request.field("page").orElse(null)));
        List<Map<String, Object>> options = new ArrayList<>();
        for (Selection.Option option : page.options()) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("id", option.id());
            view.put("name", option.name());
            view.put("opens", option.opens());
            options.add(view);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("options", options);
        String next = page.next();
        if (next != null) {
            fields.put("next", next);
        }
        return Optional.of(WebResponse.json(200, JsonText.of(fields)));
    }

    /** Empty where the ticket is missing. */
    static Optional<WebResponse> choose(Member member, WebRequest request) {
        Optional<String> ticket = request.field("ticket");
        if (ticket.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<Choice>> choices = new LinkedHashMap<>();
        chosen(request).forEach((step, ids) -> {
            String name = ids.size() == 1 ? request.field(NAMED + step).orElse(null) : null;
            choices.put(step, ids.stream().map(id -> new Choice(id, name)).toList());
        });
        Landing.Outcome outcome = member.choose(ticket.get(), choices);
        Map<String, Object> fields = new LinkedHashMap<>();
        if (outcome instanceof Landing.Connected connected) {
            fields.putAll(StatusView.view(connected.account(), true));
            return Optional.of(WebResponse.json(200, JsonText.of(fields)));
        }
        if (outcome instanceof Landing.Failed failed) {
            fields.put("error", failed.code().code());
            fields.put("detail", failed.detail());
        }
        return Optional.of(WebResponse.json(409, JsonText.of(fields)));
    }

    private static Map<String, List<String>> chosen(WebRequest request) {
        Map<String, List<String>> chosen = new LinkedHashMap<>();
        request.form().forEach((name, values) -> {
            if (name.startsWith(CHOSEN)) {
                chosen.put(
                        name.substring(CHOSEN.length()),
                        values.stream().filter(value -> !value.isEmpty()).toList());
            }
        });
        return chosen;
    }
}
