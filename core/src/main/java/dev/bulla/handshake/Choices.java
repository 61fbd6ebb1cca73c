package dev.bulla.handshake;

import dev.bulla.error.BullaException;
import dev.bulla.model.ConnectError;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.Selection;
import dev.bulla.provider.Selection.Choice;
import dev.bulla.provider.Selection.Chosen;
import dev.bulla.provider.Selection.Step;
import dev.bulla.provider.Tokens;
import dev.bulla.vault.PlainJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was chosen in each step, normalised and counted.
 *
 * @param byStep steps in which something was chosen, in their order
 */
record Choices(Map<String, List<Choice>> byStep) {
    private static final String BY = "by";
    private static final String STEPS = "steps";

    /** @throws Stop where too little or too much was chosen, or something that is no id */
    static Choices of(Selection selection, Map<String, List<Choice>> given) {
        if (selection.steps().stream().map(Step::id).toList().containsAll(given.keySet())) {
            Map<String, List<Choice>> byStep = new LinkedHashMap<>();
            for (Step step : selection.steps()) {
                List<Choice> chosen = counted(step, Objects.requireNonNullElse(given.get(step.id()), List.of()));
                if (!chosen.isEmpty()) {
                    byStep.put(step.id(), chosen);
                }
            }
            return new Choices(byStep);
        }
        throw new Stop(ConnectError.SELECTION_UNKNOWN, "step_unknown");
    }

    private static List<Choice> counted(Step step, List<Choice> given) {
        Map<String, Choice> distinct = new LinkedHashMap<>();
        for (Choice choice : given.subList(0, Math.min(given.size(), step.most() + 1))) {
            String id = choice == null || choice.id() == null
                    ? ""
                    : step.normalise().apply(choice.id());
            if (id.isEmpty() || !Candidates.isLine(id)) {
                throw new Stop(ConnectError.SELECTION_UNKNOWN, "no_id");
            }
            String name = choice.name() == null ? "" : Candidates.shown(choice.name());
            distinct.putIfAbsent(id, new Choice(id, name.isEmpty() ? null : name));
        }
        if (given.size() > step.most()) {
            throw new Stop(ConnectError.SELECTION_TOO_MANY, atMost(step));
        }
        if (distinct.size() < step.least()) {
            throw new Stop(ConnectError.SELECTION_MISSING, step.most() == 1 ? "exactly one" : "at least one");
        }
        return List.copyOf(distinct.values());
    }

    private static String atMost(Step step) {
        return step.most() == 1 ? "exactly one" : "at most " + step.most();
    }

    /**
     * Asks the service.
     *
     * @throws BullaException that it did not answer, or what else it says
     * @throws Stop where it does not know what was chosen
     */
    Chosen at(Selection selection, Tokens tokens, ProviderCall call) {
        Chosen chosen;
        try {
            chosen = Candidates.asked(() -> selection.chooser().choose(byStep, tokens, call));
        } catch (dev.bulla.provider.ProviderException e) {
            if (e.error().equals(Selection.unknown().error())) {
                throw new Stop(ConnectError.SELECTION_UNKNOWN, e.error());
            }
            throw e;
        }
        String name = selection.steps().size() == 1 ? only() : "";
        String shown = chosen.displayName() == null ? null : Candidates.shown(chosen.displayName());
        return new Chosen(chosen.tokens(), chosen.attributes(), name.isEmpty() ? shown : name);
    }

    /** The name that the member gave to the one thing that was chosen; empty where there is none. */
    private String only() {
        List<Choice> all = byStep.values().stream().flatMap(List::stream).toList();
        String name = all.size() == 1 ? all.get(0).name() : null;
        return name == null ? "" : name;
    }

    /** As it is kept in the row, to be made again after the next consent. */
    String text(String ticketId) {
        Map<String, Object> steps = new LinkedHashMap<>();
        byStep.forEach((step, chosen) ->
                steps.put(step, chosen.stream().map(Choices::entry).toList()));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(BY, ticketId);
        out.put(STEPS, steps);
        return new String(PlainJson.write(out), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> entry(Choice choice) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("id", choice.id());
        if (choice.name() != null) {
            entry.put("name", choice.name());
        }
        return entry;
    }

    /** What {@link #text} wrote, as far as it can still be read. */
    static Map<String, List<Choice>> read(String text) {
        Map<String, List<Choice>> given = new LinkedHashMap<>();
        PlainJson.object(parsed(text), STEPS).forEach((step, chosen) -> {
            if (chosen instanceof List<?> list) {
                given.put(step, list.stream().flatMap(Choices::choice).toList());
            }
        });
        return given;
    }

    private static java.util.stream.Stream<Choice> choice(Object entry) {
        return entry instanceof Map<?, ?> fields && fields.get("id") instanceof String id
                ? java.util.stream.Stream.of(new Choice(id, fields.get("name") instanceof String name ? name : null))
                : java.util.stream.Stream.empty();
    }

    /** Whether the choice was made with this ticket. */
    static boolean isBy(String text, String ticketId) {
        return !text.isEmpty() && ticketId.equals(parsed(text).get(BY));
    }

    private static Map<String, Object> parsed(String text) {
        return PlainJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
