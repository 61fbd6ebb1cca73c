package dev.bulla.connection;

import dev.bulla.form.FormView.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Who changed which fields when, as a text beside them: a line for each change, without values, of the last ones only. No I/O. */
public final class FieldHistory {
    private static final int LINES = 20;

    private FieldHistory() {}

    /** @param by without control characters */
    public static String with(String former, long at, String by, Collection<String> fields) {
        if (fields.isEmpty()) {
            return former;
        }
        List<String> lines = new ArrayList<>(former.lines().toList());
        lines.add(at + " " + String.join(",", fields) + " " + by);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }

    /**
     * The newest first.
     *
     * @param label of the account; empty for an owner's form
     */
    public static List<Change> read(String text, String label) {
        List<Change> changes = new ArrayList<>();
        text.lines().forEach(line -> {
            String[] parts = line.split(" ", 3);
            changes.add(
                    0,
                    new Change(
                            Instant.ofEpochMilli(Long.parseLong(parts[0])),
                            parts[2],
                            label,
                            List.of(parts[1].split(","))));
        });
        return List.copyOf(changes);
    }
}
