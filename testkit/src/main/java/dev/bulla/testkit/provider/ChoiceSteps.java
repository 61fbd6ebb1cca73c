package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.provider.Json;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Page;
import dev.bulla.provider.Selection.Query;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Steps of the choice after the consent: what there is to choose, and what a choice leaves behind. */
final class ChoiceSteps {
    private static final int MOST_PAGES = 20;

    private final Rehearsal rehearsal;
    private final Vendor vendor;
    private final Stage stage;
    private final Expected expected;
    private final Selection selection;
    private final Tokens tokens;

    ChoiceSteps(Rehearsal rehearsal, Vendor vendor) {
        this.rehearsal = rehearsal;
        this.vendor = vendor;
        this.stage = rehearsal.stage();
        this.expected = rehearsal.expected();
        this.selection = stage.provider()
                .selection()
                .orElseThrow(() -> new AssertionError("there is nothing to choose at " + stage.provider()));
        this.tokens = Stage.tokens(rehearsal.set(), false, null);
    }

    /** All pages, as long as one names a next one. Where no options are documented, the question fails. */
    void list() {
        if (expected.options().isEmpty()) {
            rehearsal.expectFailure(this::options);
        } else {
            assertThat(options()).containsExactlyElementsOf(expected.options().get());
        }
    }

    private List<Map.Entry<String, String>> options() {
        Map<String, String> input = rehearsal.transcript().input();
        String name = rehearsal.transcript().name();
        Query query = new Query(
                selection.steps().get(0).id(), Map.of(), input.get("parent"), input.get("search"), input.get("page"));
        query = rehearsal.wishes().query(name, query);
        List<Map.Entry<String, String>> options = new ArrayList<>();
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Page page = selection.source().list(query, tokens, stage.call(vendor));
            page.options().forEach(option -> options.add(Map.entry(option.id(), option.name())));
            if (page.next() == null) {
                return options;
            }
            query = new Query(query.step(), query.chosen(), query.parent(), query.search(), page.next());
        }
        throw new AssertionError("the pages do not end");
    }

    void choose() {
        Step last = selection.steps().get(selection.steps().size() - 1);
        Map<String, List<Choice>> choice = rehearsal
                .wishes()
                .choice(
                        rehearsal.transcript().name(),
                        Map.of(last.id(), List.of(new Choice(last.normalise().apply(option()), null))));
        if (expected.chosen().isEmpty()) {
            rehearsal.expectFailure(() -> selection.chooser().choose(choice, tokens, stage.call(vendor)));
            return;
        }
        Chosen chosen = selection.chooser().choose(choice, tokens, stage.call(vendor));
        Json documented = expected.chosen().get();
        documented.names().forEach(name -> check(name, documented, chosen));
        assertThat(chosen.tokens().main().accessToken().reveal())
                .as("the token from now on")
                .isEqualTo(Optional.ofNullable(expected.text("accessToken")).orElse(Values.ACCESS));
    }

    /** Where the transcript does not say which one, its address does. */
    private String option() {
        String path = rehearsal.transcript().url().getPath();
        return rehearsal.transcript().input().getOrDefault("option", path.substring(path.lastIndexOf('/') + 1));
    }

    /** What is kept has names of the provider's own; the values are the service's. */
    private void check(String name, Json documented, Chosen chosen) {
        Optional<String> value = documented.id(name).map(stage.values()::fill);
        if (value.isPresent()) {
            List<String> kept = new ArrayList<>(chosen.attributes().values());
            Optional.ofNullable(chosen.displayName()).ifPresent(kept::add);
            assertThat(kept).as(name + " is kept").contains(value.get());
        } else if (documented.list(name).isPresent()) {
            documented
                    .list(name)
                    .get()
                    .forEach(one -> assertThat(chosen.attributes().values())
                            .as(name + " are kept")
                            .anyMatch(kept -> kept.contains(String.valueOf(((Map<?, ?>) one).get("id")))));
        } else {
            assertThat(chosen.attributes().keySet()).as(name).noneMatch(kept -> Kept.alike(kept, name));
        }
    }
}
