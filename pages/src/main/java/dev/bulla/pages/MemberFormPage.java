package dev.bulla.pages;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.form.Filled;
import dev.bulla.form.FormView;
import dev.bulla.form.FormView.Cell;
import dev.bulla.form.FormView.Group;
import dev.bulla.form.FormView.Row;
import dev.bulla.model.Connection;
import dev.bulla.provider.Field;
import dev.bulla.web.WebResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The form of an account that is connected without a consent: a key, a password, a webhook. A secret goes in and never comes out. */
final class MemberFormPage {
    private static final String FORM = "account";

    private MemberFormPage() {}

    /** What was just typed, where it could not be kept. */
    private record Attempt(Map<String, String> typed, Set<String> refused, List<Html> errors) {
        static final Attempt NONE = new Attempt(Map.of(), Set.of(), List.of());
    }

    static WebResponse show(Visit visit) {
        return show(visit, visit.parameter("connection"), visit.parameter("label"), Attempt.NONE);
    }

    private static WebResponse show(Visit visit, String name, String label, Attempt attempt) {
        Connection connection = ConnectPages.connectable(visit, name);
        FormView form = visit.hasSession()
                ? visit.opened(session -> session.forms().view(name))
                : visit.member().forms().view(name);
        if (form.groups().isEmpty()) {
            return visit.page(form.title(), Html.of("<section class=\"card\"><p>%s</p></section>", form.none()));
        }
        Group group = form.groups().get(0);
        Optional<Row> row = row(group, label);
        boolean keyFirst = row.filter(Row::keyRequired).isPresent() && !visit.hasSession();
        List<Html> boxes = row.map(Row::cells).orElse(group.shape()).stream()
                .map(cell -> FieldBox.of(visit, FORM, cell, attempt.typed(), attempt.refused()))
                .toList();
        return visit.page(
                attempt.errors().isEmpty() ? 200 : 422,
                visit.say(row.isPresent() ? "form.edit" : "form.title", form.title()),
                Html.of(
                        """
                        %s<section class="card">%s<p class="quiet">%s</p>%s</section>%s<p><a href="%s">%s</a></p>
                        """,
                        Pieces.errors(visit, attempt.errors()),
                        Monogram.of(form.title()),
                        visit.say("form.what", connection.name(), form.title()),
                        visit.form(
                                MemberPaths.FORM,
                                Html.of(
                                        """
                                        <input type="hidden" name="connection" value="%s">
                                        <input type="hidden" name="label" value="%s">%s%s%s<button>%s</button>
                                        """,
                                        name,
                                        label,
                                        Popup.field(Popup.checked(
                                                visit.site(),
                                                visit.request()
                                                        .field(Popup.NAME)
                                                        .orElse(visit.parameter(Popup.NAME)))),
                                        boxes,
                                        keyFirst
                                                ? Words.keyField(visit, "key", "key.field", "form.key", true)
                                                : Html.NOTHING,
                                        visit.say(row.isPresent() ? "form.save" : "form.connect"))),
                        others(visit, name, label, group),
                        visit.at(MemberPaths.PANEL),
                        visit.say("panel.back")));
    }

    private static Optional<Row> row(Group group, String label) {
        return group.rows().stream().filter(row -> row.label().equals(label)).findFirst();
    }

    /** The member's other accounts on the connection. */
    private static Html others(Visit visit, String name, String label, Group group) {
        List<Html> links = group.rows().stream()
                .filter(row -> !row.label().equals(label))
                .map(row -> Html.of(
                        "<li><a href=\"%s\">%s</a></li>",
                        visit.at(MemberPaths.FORM, "connection", name, "label", row.label()),
                        row.label().isEmpty() ? visit.say("form.unlabelled") : row.label()))
                .toList();
        return Html.of("<h2>%s</h2><ul>%s</ul>", visit.say("form.others"), links)
                .when(!links.isEmpty());
    }

    static WebResponse save(Visit visit) {
        String name = visit.field("connection");
        String label = visit.field("label");
        ConnectPages.connectable(visit, name);
        FormView form = visit.member().forms().view(name);
        if (form.groups().isEmpty()) {
            return show(visit, name, label, Attempt.NONE);
        }
        Group group = form.groups().get(0);
        List<Cell> cells = row(group, label).map(Row::cells).orElse(group.shape());
        Map<String, String> typed = typed(visit, cells);
        Set<String> refused = refused(cells, typed);
        if (!refused.isEmpty()) {
            return show(visit, name, label, new Attempt(typed, refused, links(visit, cells, refused)));
        }
        try {
            Filled filled = visit.opened(session -> session.forms().fill(name, label, typed));
            Set<String> late = new LinkedHashSet<>(filled.refused());
            return late.isEmpty()
                    ? visit.go(
                            MemberPaths.RESULT,
                            "outcome",
                            "connected",
                            "connection",
                            name,
                            "label",
                            label,
                            Popup.NAME,
                            Popup.checked(visit.site(), visit.field(Popup.NAME)))
                    : show(visit, name, label, new Attempt(typed, late, links(visit, cells, late)));
        } catch (BullaException e) {
            return refused(visit, name, label, cells, typed, e);
        }
    }

    /** An empty box of a value that only the member's key shows does not blank it. */
    private static Map<String, String> typed(Visit visit, List<Cell> cells) {
        Map<String, String> typed = new LinkedHashMap<>(FieldBox.typed(visit.request(), cells));
        cells.stream()
                .filter(cell -> cell.set() && cell.value().isEmpty())
                .map(cell -> cell.field().name())
                .filter(name -> typed.getOrDefault(name, "").isBlank())
                .forEach(typed::remove);
        return typed;
    }

    private static WebResponse refused(
            Visit visit, String name, String label, List<Cell> cells, Map<String, String> typed, BullaException e) {
        return switch (e.code()) {
            case KEY_REQUIRED, KEY_WRONG, KEY_MALFORMED ->
                show(visit, name, label, new Attempt(typed, Set.of(), List.of(Refusals.keyLink(visit, e, "key"))));
            case FORM_REFUSED -> {
                Set<String> fields = new LinkedHashSet<>(e.advice().about());
                List<Html> lines = new ArrayList<>(List.of(Html.of("%s", Refusals.sentence(visit.site(), e))));
                lines.addAll(links(visit, cells, fields));
                yield show(visit, name, label, new Attempt(typed, fields, lines));
            }
            default -> {
                if (e.code() == ErrorCode.PROVIDER_UNAVAILABLE || e.code() == ErrorCode.OUTCOME_UNKNOWN) {
                    yield show(
                            visit,
                            name,
                            label,
                            new Attempt(typed, Set.of(), List.of(Html.of("%s", Refusals.sentence(visit.site(), e)))));
                }
                throw e;
            }
        };
    }

    /** Names of fields that are missing, or not of the form that they must have. */
    private static Set<String> refused(List<Cell> cells, Map<String, String> typed) {
        Set<String> names = new LinkedHashSet<>();
        for (Cell cell : cells) {
            Field field = cell.field();
            if (cell.editable()) {
                Optional<String> taken = field.take(typed.getOrDefault(field.name(), ""));
                boolean missing = field.required()
                        && !cell.set()
                        && taken.filter(String::isEmpty).isPresent();
                if (taken.isEmpty() || missing) {
                    names.add(field.name());
                }
            }
        }
        return names;
    }

    private static List<Html> links(Visit visit, List<Cell> cells, Set<String> refused) {
        List<Html> links = new ArrayList<>();
        cells.stream()
                .map(Cell::field)
                .filter(field -> refused.contains(field.name()))
                .forEach(field -> links.add(Html.of(
                        "<a href=\"#%s\">%s</a>",
                        FieldBox.id(FORM, field.name()), visit.say("field.refused", field.label()))));
        return links;
    }
}
