package dev.bulla.connection;

import dev.bulla.store.ConnectionRow;
import dev.bulla.vault.PlainJson;
import java.util.LinkedHashMap;
import java.util.Map;

/** What stands in the settings of a row: the owner's fields, and beside them what is noted under names that no field has. No I/O. */
final class Notes {
    private static final String OWN = "bulla:";
    private static final String KEY_FIRST = OWN + "key-first";
    private static final String FORM = OWN + "form";
    private static final String HISTORY = OWN + "history";

    private Notes() {}

    static Map<String, String> fields(ConnectionRow row) {
        Map<String, String> fields = PlainJson.readTexts(row.settings());
        fields.keySet().removeIf(name -> name.startsWith(OWN));
        return fields;
    }

    /** Whether members need a key before they connect. */
    static boolean keyFirst(ConnectionRow row) {
        return "true".equals(PlainJson.readTexts(row.settings()).get(KEY_FIRST));
    }

    /** The mark of the form as it was last seen; empty where none was noted. */
    static String form(ConnectionRow row) {
        return PlainJson.readTexts(row.settings()).getOrDefault(FORM, "");
    }

    /** Who changed which field when, as {@link FieldHistory} writes it. */
    static String history(ConnectionRow row) {
        return PlainJson.readTexts(row.settings()).getOrDefault(HISTORY, "");
    }

    /** The settings of a row with other fields, and the same notes. */
    static String with(ConnectionRow row, Map<String, String> fields) {
        return write(fields, keyFirst(row), form(row), history(row));
    }

    static String write(Map<String, String> fields, boolean keyFirst, String form, String history) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        if (keyFirst) {
            all.put(KEY_FIRST, "true");
        }
        all.put(FORM, form);
        if (!history.isEmpty()) {
            all.put(HISTORY, history);
        }
        return PlainJson.writeTexts(all);
    }
}
