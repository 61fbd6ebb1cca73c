package dev.bulla.form;

import dev.bulla.model.Connection;
import dev.bulla.model.Settings;
import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A form as it is to be shown: an owner's of a connection, or a member's of the accounts on one; before anything exists, too. It has
 * what is set and never a secret. What the host provides, and groups that nobody writes, are not in it. Immutable.
 *
 * @param title name of the service
 * @param mode how accounts are authorised
 * @param groups parts of the form; empty where there is nothing to fill in
 * @param none why there is nothing to fill in, for a person; empty where there is
 * @param history who changed which fields, the newest first; without values
 */
public record FormView(String title, Mode mode, List<Group> groups, String none, List<Change> history) {
    /** The group of client id and secret. */
    public static final String APP = "app";

    /** The group of scopes. */
    public static final String CONSENT = "consent";

    /** The group of the provider's own fields. */
    public static final String SETTINGS = "settings";

    /** The group of a member's accounts: one row for each label. */
    public static final String ACCOUNTS = "accounts";

    public FormView {
        groups = List.copyOf(groups);
        history = List.copyOf(history);
    }

    /**
     * Fields that belong together.
     *
     * @param repeated whether there may be any number of rows; otherwise there is one
     * @param shape a row as it begins
     * @param rows what there is
     */
    public record Group(String id, String label, boolean repeated, List<Cell> shape, List<Row> rows) {
        public Group {
            shape = List.copyOf(shape);
            rows = List.copyOf(rows);
        }
    }

    /**
     * The fields of one connection or account.
     *
     * @param label of the account; empty for an owner's
     * @param keyRequired whether it is written in a session with the member's key only
     */
    public record Row(String label, boolean keyRequired, List<Cell> cells) {
        public Row {
            cells = List.copyOf(cells);
        }

        /** Names of fields that are still needed. */
        public List<String> missing() {
            return FormView.missing(cells);
        }
    }

    /**
     * A field as it stands.
     *
     * @param editable whether it can be written now
     * @param set whether it has a value
     * @param value the value; empty for secrets, and for what only the member's key opens
     */
    public record Cell(Field field, boolean editable, boolean set, Optional<String> value) {
        public Cell {
            if (field.secret() && value.isPresent()) {
                throw new IllegalArgumentException("a secret is not shown");
            }
        }
    }

    /**
     * A change of one or more fields.
     *
     * @param by the owner as the host named it, or the member
     * @param label of the account; empty for an owner's form
     */
    public record Change(Instant at, String by, String label, List<String> fields) {
        public Change {
            fields = List.copyOf(fields);
        }
    }

    /**
     * What is there of a row.
     *
     * @param label of the account
     * @param values plain values that may be shown
     * @param set names of all fields that have a value
     * @param connected whether fields are fixed that are fixed once connected
     * @param keyRequired whether it is written in a session with the member's key only
     */
    public record Kept(
            String label, Map<String, String> values, Set<String> set, boolean connected, boolean keyRequired) {
        static final Kept NOTHING = new Kept("", Map.of(), Set.of(), false, false);
    }

    /** The owner's form of a connection that does not exist yet. */
    public static FormView owner(Provider provider, Mode mode) {
        Provider narrow = provider.in(mode);
        Map<String, String> presets = new HashMap<>();
        fields(narrow, mode).stream()
                .filter(field -> !field.input().preset().isEmpty())
                .forEach(field -> presets.put(field.name(), field.input().preset()));
        return owner(narrow, mode, new Kept("", presets, presets.keySet(), false, false), List.of());
    }

    /**
     * The owner's form of a connection.
     *
     * @param provider of the connection
     * @param inUse whether something is connected
     */
    public static FormView owner(Provider provider, Connection connection, boolean inUse, List<Change> history) {
        Map<String, String> values = new HashMap<>(connection.fields());
        connection.clientId().ifPresent(id -> values.put(Settings.CLIENT_ID, id));
        if (!connection.scopes().isEmpty()) {
            values.put(OwnerFields.SCOPES, String.join("\n", connection.scopes()));
        }
        Set<String> set = new HashSet<>(values.keySet());
        set.addAll(connection.secrets());
        Provider narrow = provider.in(connection.mode());
        return owner(narrow, connection.mode(), new Kept("", values, set, inUse, false), history);
    }

    private static FormView owner(Provider provider, Mode mode, Kept kept, List<Change> history) {
        List<Group> groups = new ArrayList<>();
        if (OwnerFields.takesApp(mode)) {
            add(groups, APP, "App", List.of(OwnerFields.clientId(provider), OwnerFields.clientSecret(provider)), kept);
        }
        if (OwnerFields.takesScopes(mode)) {
            add(groups, CONSENT, "Consent", List.of(OwnerFields.scopes(provider)), kept);
        }
        add(groups, SETTINGS, "Settings", OwnerFields.settings(provider), kept);
        String none = groups.isEmpty() ? "There is nothing to fill in." : "";
        return new FormView(provider.displayName(), mode, groups, none, history);
    }

    private static List<Field> fields(Provider provider, Mode mode) {
        List<Field> fields = new ArrayList<>(OwnerFields.settings(provider));
        if (OwnerFields.takesScopes(mode)) {
            fields.add(OwnerFields.scopes(provider));
        }
        return fields;
    }

    private static void add(List<Group> groups, String id, String label, List<Field> fields, Kept kept) {
        if (fields.stream().anyMatch(field -> !field.rule().byFlow())) {
            groups.add(new Group(id, label, false, cells(fields, Kept.NOTHING), List.of(row(fields, kept))));
        }
    }

    /** A member's form where the member has no account yet. */
    public static FormView member(Provider provider, Mode mode) {
        return member(provider, mode, List.of(), List.of());
    }

    /** @param accounts the member's accounts on the connection, by position */
    public static FormView member(Provider provider, Mode mode, List<Kept> accounts, List<Change> history) {
        if (mode != Mode.FORM) {
            String none = mode == Mode.HOST_CREDENTIAL
                    ? "There is nothing to connect: the credential is provided for everybody."
                    : "There is nothing to fill in: members connect by a consent at " + provider.displayName() + ".";
            return new FormView(provider.displayName(), mode, List.of(), none, history);
        }
        KeyForm form = provider.in(mode).form().orElseThrow();
        List<Field> fields = form.fields().stream()
                .map(field -> form.needed(field) == field.required() ? field : field.needed())
                .toList();
        List<Row> rows = accounts.stream().map(kept -> row(fields, kept)).toList();
        Group group = new Group(ACCOUNTS, "Accounts", true, cells(fields, Kept.NOTHING), rows);
        return new FormView(provider.displayName(), mode, List.of(group), "", history);
    }

    private static Row row(List<Field> fields, Kept kept) {
        return new Row(kept.label(), kept.keyRequired(), cells(fields, kept));
    }

    private static List<Cell> cells(List<Field> fields, Kept kept) {
        return fields.stream()
                .map(field -> new Cell(
                        field,
                        !field.rule().byFlow() && !(field.rule().fixed() && kept.connected()),
                        kept.set().contains(field.name()),
                        field.secret()
                                ? Optional.empty()
                                : Optional.ofNullable(kept.values().get(field.name()))))
                .toList();
    }

    private static List<String> missing(List<Cell> cells) {
        return cells.stream()
                .filter(cell -> !cell.set()
                        && cell.field().required()
                        && !cell.field().rule().byFlow()
                        && cell.field().input().preset().isEmpty())
                .map(cell -> cell.field().name())
                .toList();
    }

    /** Names of fields that are still needed: of a member without accounts, those of the first one. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (Group group : groups) {
            if (group.rows().isEmpty()) {
                missing.addAll(missing(group.shape()));
            }
            group.rows().forEach(row -> missing.addAll(row.missing()));
        }
        return missing.stream().distinct().toList();
    }

    /** Whether everything that is required is set. */
    public boolean complete() {
        return missing().isEmpty();
    }

    /**
     * Which fields can be written now: by group, then field; of a group that repeats, a list with a map for each of its rows.
     */
    public Map<String, Object> editable() {
        Map<String, Object> groupsById = new LinkedHashMap<>();
        for (Group group : groups) {
            List<Map<String, Boolean>> rows =
                    group.rows().stream().map(row -> editable(row.cells())).toList();
            groupsById.put(group.id(), group.repeated() ? rows : rows.get(0));
        }
        return groupsById;
    }

    private static Map<String, Boolean> editable(List<Cell> cells) {
        Map<String, Boolean> map = new LinkedHashMap<>();
        cells.forEach(cell -> map.put(cell.field().name(), cell.editable()));
        return map;
    }

    /** The fields in words, for whoever builds an own form, or fills this one in for somebody. */
    public Description describe() {
        return new Description(FormText.plain(this), FormText.markdown(this), FormSchema.of(this));
    }

    /**
     * A form in words: labels, hints and rules of its fields, and what is still needed; neither values nor secrets.
     *
     * @param text plain text
     * @param markdown a table for each group
     * @param jsonSchema JSON Schema, 2020-12, of what is given to {@code fill}: all values are texts
     */
    public record Description(String text, String markdown, String jsonSchema) {}
}
