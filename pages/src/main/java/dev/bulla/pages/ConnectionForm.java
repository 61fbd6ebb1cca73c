package dev.bulla.pages;

import dev.bulla.Connections.Accounts;
import dev.bulla.form.FormView;
import dev.bulla.form.FormView.Cell;
import dev.bulla.form.FormView.Group;
import dev.bulla.form.OwnerFields;
import dev.bulla.model.Connection;
import dev.bulla.provider.Provider;
import dev.bulla.web.WebRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The owner's form of a connection: one part for each group, saved by itself. */
final class ConnectionForm {
    /** What was just typed, where it could not be saved as it was. */
    record Attempt(String group, Map<String, String> typed, List<String> refused, List<String> ignored) {
        static final Attempt NONE = new Attempt("", Map.of(), List.of(), List.of());
    }

    private final Visit visit;
    private final Provider provider;
    private final Connection connection;
    private final FormView form;

    ConnectionForm(Visit visit, Provider provider, Connection connection, FormView form) {
        this.visit = visit;
        this.provider = provider;
        this.connection = connection;
        this.form = form;
    }

    /** What was typed into a group, by field, as far as it is another value than the present one. */
    static Map<String, String> typed(WebRequest request, FormView form, String group) {
        Map<String, String> typed = new LinkedHashMap<>();
        for (Cell cell : cells(form, group)) {
            boolean scopes = cell.field().name().equals(OwnerFields.SCOPES);
            Map<String, String> one = scopes
                    ? Map.of(OwnerFields.SCOPES, ScopePicker.typed(request))
                    : FieldBox.typed(request, List.of(cell));
            one.forEach((name, value) -> {
                if (!isKept(cell, value, scopes)) {
                    typed.put(name, value);
                }
            });
        }
        return typed;
    }

    private static boolean isKept(Cell cell, String value, boolean unordered) {
        String kept = cell.value().orElse("");
        return unordered
                ? Set.copyOf(kept.lines().toList())
                        .equals(Set.copyOf(value.lines().toList()))
                : kept.equals(value); // an empty box says nothing of a secret
    }

    private static List<Cell> cells(FormView form, String group) {
        return form.groups().stream()
                .filter(part -> part.id().equals(group))
                .flatMap(part -> part.rows().stream())
                .flatMap(row -> row.cells().stream())
                .toList();
    }

    /** Where a field of the form stands on the page; the form as a whole where it is not in it. */
    String place(String field) {
        return form.groups().stream()
                .filter(group -> cells(form, group.id()).stream()
                        .anyMatch(cell -> cell.field().name().equals(field)))
                .findFirst()
                .map(group -> FieldBox.id(group.id(), field))
                .orElse("settings");
    }

    /** What a person calls a field. */
    String label(String field) {
        return form.groups().stream()
                .flatMap(group -> cells(form, group.id()).stream())
                .filter(cell -> cell.field().name().equals(field))
                .findFirst()
                .map(cell -> cell.field().label())
                .orElse(field);
    }

    Html markup(Accounts accounts, Attempt attempt) {
        if (form.groups().isEmpty()) {
            return Html.of("<p>%s</p>", form.none());
        }
        return Html.of(
                "%s",
                ordered().stream().map(group -> part(group, accounts, attempt)).toList());
    }

    /** Parts of the service's address come first: a secret belongs to the address that it was saved for. */
    private List<Group> ordered() {
        List<Group> groups = new ArrayList<>(form.groups());
        groups.sort(Comparator.comparing(group -> cells(form, group.id()).stream()
                .noneMatch(
                        cell -> provider.instanceParts().contains(cell.field().name()))));
        return groups;
    }

    private Html part(Group group, Accounts accounts, Attempt attempt) {
        boolean again = attempt.group().equals(group.id());
        Set<String> refused = again ? Set.copyOf(attempt.refused()) : Set.of();
        Map<String, String> typed = new LinkedHashMap<>(again ? attempt.typed() : Map.of());
        typed.keySet().retainAll(refused); // the others are shown as they are kept
        boolean address = cells(form, group.id()).stream()
                .anyMatch(cell -> provider.instanceParts().contains(cell.field().name()));
        List<Html> fields = cells(form, group.id()).stream()
                .map(cell -> cell.field().name().equals(OwnerFields.SCOPES)
                        ? scopes(accounts, typed, refused)
                        : FieldBox.of(visit, group.id(), cell, typed, refused))
                .toList();
        return Html.of(
                "<div class=\"part\" id=\"part-%s\"><h3>%s</h3>%s%s</div>",
                group.id(),
                visit.say("owner.part." + group.id()),
                Html.of("<p class=\"hint\">%s</p>", visit.say("owner.address"))
                        .when(address && form.groups().size() > 1),
                visit.form(
                        OwnerPaths.SAVE,
                        Html.of("""
                                <input type="hidden" name="name" value="%s"><input type="hidden" name="group" value="%s">
                                %s<button>%s</button>
                                """, connection.name(), group.id(), fields, visit.say("owner.save." + group.id()))));
    }

    private Html scopes(Accounts accounts, Map<String, String> typed, Set<String> refused) {
        boolean bad = refused.contains(OwnerFields.SCOPES);
        List<String> chosen =
                bad ? typed.getOrDefault(OwnerFields.SCOPES, "").lines().toList() : connection.scopes();
        return new ScopePicker(visit, provider, chosen, bad).markup(accounts);
    }
}
