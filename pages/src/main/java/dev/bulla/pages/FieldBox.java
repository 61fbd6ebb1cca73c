package dev.bulla.pages;

import dev.bulla.form.FormView.Cell;
import dev.bulla.provider.Field;
import dev.bulla.provider.Field.Option;
import dev.bulla.provider.Field.Type;
import dev.bulla.web.WebRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One field of a form as markup, and what was typed into it. A secret goes in and never comes out: of one that is set only that is
 * said.
 */
final class FieldBox {
    private static final String PREFIX = "field.";

    private final Visit visit;
    private final Cell cell;
    private final Field field;
    private final String id;
    private final String value;
    private final boolean refused;

    private FieldBox(Visit visit, String form, Cell cell, Map<String, String> typed, Set<String> refused) {
        this.visit = visit;
        this.cell = cell;
        this.field = cell.field();
        this.id = id(form, field.name());
        this.refused = refused.contains(field.name());
        String kept = cell.value().orElse(cell.set() ? "" : field.input().preset());
        this.value = field.secret() ? "" : typed.getOrDefault(field.name(), kept);
    }

    /**
     * @param form tells the forms of one page apart
     * @param typed what was typed before, by field
     * @param refused names of fields whose values were refused
     */
    static Html of(Visit visit, String form, Cell cell, Map<String, String> typed, Set<String> refused) {
        return new FieldBox(visit, form, cell, typed, refused).markup();
    }

    /** Where a refusal points to. */
    static String id(String form, String field) {
        return form + "-" + field;
    }

    /** What was typed into the fields that can be written, by field. */
    static Map<String, String> typed(WebRequest request, List<Cell> cells) {
        Map<String, String> typed = new LinkedHashMap<>();
        for (Cell cell : cells) {
            String name = cell.field().name();
            List<String> sent = request.form().getOrDefault(PREFIX + name, List.of());
            boolean ticks = cell.field().input().type() == Type.BOOLEAN;
            if (cell.editable() && ticks) {
                // a box that is not ticked is not sent
                if (!sent.isEmpty() || cell.set() || cell.field().required()) {
                    typed.put(name, sent.contains("true") ? "true" : "false");
                }
            } else if (cell.editable() && !sent.isEmpty()) {
                typed.put(name, String.join("\n", sent).replace("\r\n", "\n")); // browsers send both
            }
        }
        return typed;
    }

    private Html markup() {
        if (!cell.editable()) {
            return shown();
        }
        if (field.input().type() == Type.LIST && !field.input().options().isEmpty()) {
            return Html.of(
                    "<fieldset class=\"field\" id=\"%s\"%s><legend>%s</legend>%s"
                            + "<input type=\"hidden\" name=\"%s\" value=\"\">%s</fieldset>",
                    id,
                    describedBy(),
                    label(),
                    notes(),
                    PREFIX + field.name(), // so that no tick at all is sent, too
                    field.input().options().stream().map(this::tick).toList());
        }
        if (field.input().type() == Type.BOOLEAN) {
            return Html.of(
                    """
                    <div class="field"><label class="check"><input type="checkbox" id="%s" name="%s" value="true"%s%s>
                    <span>%s</span></label>%s</div>
                    """,
                    id,
                    PREFIX + field.name(),
                    Html.of(" checked").when(value.equals("true")),
                    describedBy(),
                    label(),
                    notes());
        }
        return Html.of("<div class=\"field\"><label for=\"%s\">%s</label>%s%s</div>", id, label(), notes(), input());
    }

    private Html shown() {
        String text = cell.set()
                ? field.secret() ? visit.say("field.set") : value
                : visit.say(field.rule().byFlow() ? "field.by-flow" : "field.empty");
        return Html.of(
                "<div class=\"field\"><span class=\"label\">%s</span><p class=\"quiet\">%s %s</p></div>",
                field.label(), text, field.rule().byFlow() || !cell.set() ? "" : visit.say("field.fixed"));
    }

    private Html label() {
        boolean needed = field.required() && field.input().preset().isEmpty();
        return Html.of(
                "%s <span class=\"quiet\">%s</span>",
                field.label(), needed ? (cell.set() ? "" : visit.say("field.needed")) : visit.say("field.optional"));
    }

    /** What stands beside a field: its hint, that a secret is kept, and why a value was refused. */
    private Html notes() {
        List<Html> notes = new ArrayList<>();
        if (!field.hint().isBlank()) {
            notes.add(Html.of("<p class=\"hint\" id=\"%s\">%s</p>", id + "-hint", capital(field.hint())));
        }
        if (field.secret() && cell.set()) {
            notes.add(Html.of("<p class=\"hint\" id=\"%s\">%s</p>", id + "-set", visit.say("field.kept")));
        }
        if (refused) {
            notes.add(Html.of("<p class=\"error\" id=\"%s\">%s</p>", id + "-error", rule()));
        }
        return Html.of("%s", notes);
    }

    private String rule() {
        List<String> rules = new ArrayList<>();
        rules.add(visit.say("field.refused", field.label()));
        if (!field.input().placeholder().isEmpty()) {
            rules.add(visit.say("field.example", field.input().placeholder()));
        }
        if (field.rule().least() > 1) {
            rules.add(visit.say("field.least", field.rule().least()));
        }
        if (field.isBounded()) {
            rules.add(visit.say("field.most", field.rule().most()));
        }
        return String.join(" ", rules);
    }

    private Html describedBy() {
        List<String> ids = new ArrayList<>();
        if (!field.hint().isBlank()) {
            ids.add(id + "-hint");
        }
        if (field.secret() && cell.set()) {
            ids.add(id + "-set");
        }
        if (refused) {
            ids.add(id + "-error");
        }
        Html invalid = Html.of(" aria-invalid=\"true\"").when(refused);
        return ids.isEmpty() ? invalid : Html.of(" aria-describedby=\"%s\"%s", String.join(" ", ids), invalid);
    }

    private Html input() {
        String name = PREFIX + field.name();
        return switch (field.input().type()) {
            case SELECT ->
                Html.of(
                        "<select id=\"%s\" name=\"%s\"%s>%s%s</select>",
                        id,
                        name,
                        describedBy(),
                        Html.of("<option value=\"\">%s</option>", visit.say("field.choose"))
                                .when(value.isEmpty() || !field.required()),
                        field.input().options().stream().map(this::option).toList());
            case JSON, MULTI_LINE, LIST ->
                Html.of(
                        "<textarea id=\"%s\" name=\"%s\" rows=\"4\" autocomplete=\"off\" spellcheck=\"false\"%s>\n%s</textarea>",
                        id, name, describedBy(), value);
            default ->
                Html.of(
                        "<input id=\"%s\" name=\"%s\" type=\"%s\" value=\"%s\" placeholder=\"%s\" autocomplete=\"%s\""
                                + " autocapitalize=\"none\" spellcheck=\"false\"%s>",
                        id,
                        name,
                        field.secret() ? "password" : "text",
                        value,
                        field.input().placeholder(),
                        field.secret() ? "new-password" : "off",
                        describedBy());
        };
    }

    private Html option(Option option) {
        return Html.of(
                "<option value=\"%s\"%s>%s</option>",
                option.value(), Html.of(" selected").when(option.value().equals(value)), option.label());
    }

    private Html tick(Option option) {
        return Html.of(
                "<label class=\"check\"><input type=\"checkbox\" name=\"%s\" value=\"%s\"%s><span>%s</span></label>",
                PREFIX + field.name(),
                option.value(),
                Html.of(" checked").when(value.lines().anyMatch(option.value()::equals)),
                option.label());
    }

    private static String capital(String hint) {
        String text = hint.strip();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.matches("(?s).*[.!?:)]") ? "" : ".");
    }
}
