package dev.bulla.web;

import dev.bulla.form.FormView;
import dev.bulla.form.FormView.Cell;
import dev.bulla.form.FormView.Group;
import dev.bulla.form.FormView.Row;
import dev.bulla.provider.Field;
import java.util.Optional;
import java.util.regex.Pattern;

/** Forms as JSON: what is to be filled in, and what is set; no secret. */
final class FormJson {
    private FormJson() {}

    static Fields of(FormView form) {
        return new Fields()
                .put("title", form.title())
                .put("mode", form.mode().name())
                .maybe("none", form.none())
                .put("complete", form.complete())
                .put("missing", form.missing())
                .each("groups", form.groups(), FormJson::group)
                .each(
                        "history",
                        form.history(),
                        change -> new Fields()
                                .put("at", change.at().toString())
                                .put("by", change.by())
                                .maybe("label", change.label())
                                .put("fields", change.fields()));
    }

    private static Fields group(Group group) {
        return new Fields()
                .put("id", group.id())
                .put("label", group.label())
                .put("repeated", group.repeated())
                .each("shape", group.shape(), FormJson::cell)
                .each("rows", group.rows(), FormJson::row);
    }

    private static Fields row(Row row) {
        return new Fields()
                .maybe("label", row.label())
                .put("keyRequired", row.keyRequired())
                .put("missing", row.missing())
                .each("cells", row.cells(), FormJson::cell);
    }

    private static Fields cell(Cell cell) {
        return field(cell.field())
                .put("editable", cell.editable())
                .put("set", cell.set())
                .maybe("value", cell.value());
    }

    /** A field by itself, as it is asked for. */
    static Fields field(Field field) {
        Fields fields = new Fields()
                .put("name", field.name())
                .put("label", field.label())
                .maybe("hint", field.hint())
                .put("type", field.input().type().name())
                .put("secret", field.secret())
                .put("required", field.required())
                .maybe("placeholder", field.input().placeholder())
                .maybe("preset", field.input().preset())
                .maybe("pattern", Optional.ofNullable(field.pattern()).map(Pattern::pattern))
                .put("filledByFlow", field.rule().byFlow())
                .put("fixedOnceConnected", field.rule().fixed());
        if (!field.input().options().isEmpty()) {
            fields.each(
                    "options",
                    field.input().options(),
                    option -> new Fields().put("value", option.value()).put("label", option.label()));
        }
        if (field.rule().least() > 0) {
            fields.put("minLength", field.rule().least());
        }
        return field.isBounded() ? fields.put("maxLength", field.rule().most()) : fields;
    }
}
