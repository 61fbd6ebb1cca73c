package dev.bulla.form;

import dev.bulla.form.FormView.Cell;
import dev.bulla.form.FormView.Group;
import dev.bulla.provider.Field;
import dev.bulla.provider.Field.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Forms in words. */
final class FormText {
    private FormText() {}

    static String plain(FormView form) {
        StringBuilder out = new StringBuilder(form.title()).append('\n');
        if (!form.none().isEmpty()) {
            out.append(form.none()).append('\n');
        }
        for (Group group : form.groups()) {
            out.append('\n').append(heading(group)).append('\n');
            for (Cell cell : group.shape()) {
                Field field = cell.field();
                out.append("- ").append(field.name()).append(": ").append(field.label());
                String sentence = sentence(field);
                out.append(sentence.isEmpty() ? "" : ", " + sentence);
                out.append(" (").append(String.join("; ", rules(field))).append(")\n");
            }
        }
        return out.append(missing(form)).toString();
    }

    static String markdown(FormView form) {
        StringBuilder out = new StringBuilder("# ").append(cell(form.title())).append('\n');
        if (!form.none().isEmpty()) {
            out.append('\n').append(form.none()).append('\n');
        }
        for (Group group : form.groups()) {
            out.append("\n## ").append(heading(group)).append("\n\n| Field | Label | Where to find it | Rules |\n");
            out.append("| --- | --- | --- | --- |\n");
            for (Cell cell : group.shape()) {
                Field field = cell.field();
                out.append("| `").append(field.name()).append("` | ").append(cell(field.label()));
                out.append(" | ").append(cell(sentence(field))).append(" | ");
                out.append(cell(String.join("; ", rules(field)))).append(" |\n");
            }
        }
        return out.append(missing(form)).toString();
    }

    private static String heading(Group group) {
        return group.repeated() ? group.label() + " (any number)" : group.label();
    }

    private static String missing(FormView form) {
        return form.complete() ? "" : "\nStill needed: " + String.join(", ", form.missing()) + "\n";
    }

    private static String cell(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ");
    }

    /** Where to find the value. */
    static String sentence(Field field) {
        return field.hint().strip();
    }

    private static List<String> rules(Field field) {
        List<String> rules = new ArrayList<>();
        rules.add(
                field.rule().byFlow()
                        ? "filled in by connecting"
                        : field.required() && field.input().preset().isEmpty() ? "required" : "optional");
        if (field.secret()) {
            rules.add("secret: never shown again");
        }
        String options = field.input().options().stream()
                .map(option -> option.value().equals(option.label())
                        ? option.value()
                        : option.value() + " = " + option.label())
                .collect(Collectors.joining(", "));
        switch (field.input().type()) {
            case SELECT -> rules.add("one of " + options);
            case BOOLEAN -> rules.add("true or false");
            case JSON -> rules.add("a JSON document");
            case MULTI_LINE -> rules.add("a text of several lines");
            case LIST -> rules.add(options.isEmpty() ? "one a line" : "one a line, of these: " + options);
            default -> {}
        }
        if (!field.input().preset().isEmpty()) {
            rules.add("if empty: " + field.input().preset().replace("\n", ", "));
        }
        if (!field.input().placeholder().isEmpty()) {
            rules.add("for example " + field.input().placeholder());
        }
        if (field.pattern() != null) {
            rules.add((field.input().type() == Type.LIST ? "each of the form " : "of the form ")
                    + field.pattern().pattern());
        }
        if (field.rule().least() > 1) {
            rules.add("at least " + field.rule().least() + " characters");
        }
        if (field.isBounded()) {
            rules.add("at most " + field.rule().most() + " characters");
        }
        if (field.rule().fixed()) {
            rules.add("fixed while something is connected");
        }
        return rules;
    }
}
