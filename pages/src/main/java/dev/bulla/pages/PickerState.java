package dev.bulla.pages;

import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.Selection.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a member is in a picker, as its form carries it from one page to the next. Immutable.
 *
 * @param steps one after the other
 * @param at number of the step
 * @param chosen by step
 * @param opened options that were opened, from the top
 * @param search what is searched for, or empty
 * @param cursor of the page, or empty for the first
 */
record PickerState(
        List<Step> steps,
        int at,
        Map<String, Map<String, Picked>> chosen,
        List<Picked> opened,
        String search,
        String cursor) {
    private static final String KEPT = "kept.";
    private static final String PICK = "pick";

    static PickerState first(List<Step> steps) {
        return new PickerState(steps, 0, Map.of(), List.of(), "", "");
    }

    static PickerState of(Visit visit, List<Step> steps) {
        String number = visit.field("step");
        int at = number.matches("[0-9]{1,2}") ? Math.min(Integer.parseInt(number), steps.size() - 1) : 0;
        Map<String, Map<String, Picked>> chosen = new LinkedHashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            String id = steps.get(i).id();
            chosen.put(id, Picked.all(visit.fields(i == at ? PICK : KEPT + id)));
        }
        List<Picked> opened = List.copyOf(Picked.all(visit.fields("in")).values());
        return new PickerState(steps, at, chosen, opened, visit.field("q"), visit.field("cursor"));
    }

    Step step() {
        return steps.get(at);
    }

    boolean isLast() {
        return at == steps.size() - 1;
    }

    Map<String, Picked> picked() {
        return chosen.getOrDefault(step().id(), Map.of());
    }

    PickerState open(Picked option) {
        List<Picked> deeper = new ArrayList<>(opened);
        deeper.add(option);
        return new PickerState(steps, at, chosen, List.copyOf(deeper), "", "");
    }

    /** Back up, so that this many options are open. */
    PickerState up(int depth) {
        return new PickerState(
                steps, at, chosen, opened.subList(0, Math.max(0, Math.min(depth, opened.size()))), "", "");
    }

    PickerState on(String next) {
        return new PickerState(steps, at, chosen, opened, search, next);
    }

    PickerState searched() {
        return on("");
    }

    /** Another step; what was chosen in later ones may not fit any more. */
    PickerState to(int number) {
        Map<String, Map<String, Picked>> kept = new LinkedHashMap<>(chosen);
        if (number < at) {
            steps.subList(number + 1, steps.size()).forEach(later -> kept.remove(later.id()));
        }
        return new PickerState(steps, number, kept, List.of(), "", "");
    }

    Query query() {
        Query query = Query.of(step().id());
        for (Step former : steps.subList(0, at)) {
            query = query.having(
                    former.id(),
                    chosen.getOrDefault(former.id(), Map.of()).keySet().toArray(String[]::new));
        }
        if (!opened.isEmpty()) {
            query = query.in(opened.get(opened.size() - 1).id());
        }
        if (!search.isEmpty() && step().search()) {
            query = query.matching(search);
        }
        return cursor.isEmpty() ? query : query.after(cursor);
    }

    /** What is chosen in all steps, for the library. */
    Map<String, List<Selection.Choice>> choices() {
        Map<String, List<Selection.Choice>> choices = new LinkedHashMap<>();
        chosen.forEach((step, picked) -> {
            if (!picked.isEmpty()) {
                choices.put(
                        step, picked.keySet().stream().map(Selection.Choice::of).toList());
            }
        });
        return choices;
    }

    /** The hidden fields that carry all this, but what is picked in the present step. */
    Html fields() {
        List<Html> fields = new ArrayList<>();
        fields.add(hidden("step", Integer.toString(at)));
        for (int i = 0; i < steps.size(); i++) {
            String id = steps.get(i).id();
            if (i != at) {
                chosen.getOrDefault(id, Map.of()).values().forEach(one -> fields.add(hidden(KEPT + id, one.text())));
            }
        }
        opened.forEach(one -> fields.add(hidden("in", one.text())));
        fields.add(hidden("cursor", cursor));
        return Html.of("%s", fields);
    }

    private static Html hidden(String name, String value) {
        return Html.of("<input type=\"hidden\" name=\"%s\" value=\"%s\">", name, value);
    }
}
