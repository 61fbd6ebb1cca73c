package dev.bulla.pages;

import dev.bulla.Entities;
import dev.bulla.model.Entity;
import dev.bulla.policy.Effect;
import dev.bulla.policy.Policy;
import dev.bulla.provider.EntitySource;
import dev.bulla.tool.ResourceKind;
import dev.bulla.tool.Tier;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The boxes of a policy's form. */
final class PolicySheet {
    /** So many known things are suggested of each kind. */
    private static final int SUGGESTED = 100;

    private final Visit visit;
    private final String connection;
    private final PolicyForm form;

    PolicySheet(Visit visit, String connection, PolicyForm form) {
        this.visit = visit;
        this.connection = connection;
        this.form = form;
    }

    Html markup() {
        return Html.of("%s%s%s%s%s%s%s", head(), what(), who(), when(), resources(), rest(), buttons());
    }

    private Html head() {
        return Html.of(
                """
                <div class="field"><label for="policy">%s</label><input id="policy" name="policy" value="%s" required maxlength="100"
                 autocomplete="off"></div><fieldset class="field"><legend>%s</legend>%s</fieldset>
                """,
                visit.say("policy.name"),
                form.text("policy"),
                visit.say("policy.effect"),
                Arrays.stream(Effect.values())
                        .map(effect -> box(
                                "radio",
                                "effect",
                                effect.name(),
                                form.has("effect", effect.name()),
                                visit.say("policy.effect." + effect.name()),
                                ""))
                        .toList());
    }

    private Html what() {
        List<Html> tiers = Arrays.stream(Tier.values())
                .map(tier -> box(
                        "checkbox",
                        "tier",
                        tier.name(),
                        form.has("tier", tier.name()),
                        visit.say("policy.tier." + tier.name()),
                        ""))
                .toList();
        List<Html> tools = new ArrayList<>();
        visit.connections()
                .tools(connection)
                .list()
                .forEach(listed -> tools.add(box(
                        "checkbox",
                        "tool",
                        listed.tool().name(),
                        form.has("tool", listed.tool().name()),
                        listed.tool().name(),
                        visit.say("tier." + listed.tool().tier().name()))));
        tools.add(box(
                "checkbox",
                "tool",
                Policy.TOKEN,
                form.has("tool", Policy.TOKEN),
                visit.say("policy.token"),
                visit.say("policy.token-hint")));
        return Html.of(
                """
                <fieldset class="field"><legend>%s</legend><p class="hint">%s</p>%s
                <details%s><summary>%s</summary><div class="filters">%s</div></details></fieldset>
                """,
                visit.say("policy.what"),
                visit.say("policy.what-hint"),
                tiers,
                Html.of(" open").when(!form.text("tool").isEmpty()),
                visit.say("policy.tools"),
                tools);
    }

    private Html who() {
        return area("members", 3, visit.say("policy.members"), visit.say("policy.members-hint"));
    }

    private Html when() {
        Locale language = Locale.forLanguageTag(visit.site().options().language());
        List<Html> days = Arrays.stream(DayOfWeek.values())
                .map(day -> box(
                        "checkbox",
                        "day",
                        Integer.toString(day.getValue()),
                        form.has("day", Integer.toString(day.getValue())),
                        day.getDisplayName(TextStyle.FULL_STANDALONE, language),
                        ""))
                .toList();
        return Html.of(
                """
                <details class="field"%s><summary>%s</summary><p class="hint">%s</p>
                <fieldset class="field"><legend>%s</legend><div class="filters">%s</div></fieldset>
                <div class="filters">%s%s%s%s%s</div></details>
                """,
                Html.of(" open")
                        .when(!form.text("day").isEmpty()
                                || !form.text("activeFrom").isEmpty()
                                || !form.text("activeTo").isEmpty()
                                || !form.text("hoursFrom").matches("0?")
                                || !form.text("hoursTo").matches("(23)?")),
                visit.say("policy.when"),
                visit.say("policy.when-hint"),
                visit.say("policy.days"),
                days,
                input("hoursFrom", "number", "policy.hours-from", " min=\"0\" max=\"23\""),
                input("hoursTo", "number", "policy.hours-to", " min=\"0\" max=\"23\""),
                input("activeFrom", "date", "policy.active-from", ""),
                input("activeTo", "date", "policy.active-to", ""),
                input("zone", "text", "policy.zone", " required"));
    }

    private Html resources() {
        List<ResourceKind> kinds =
                visit.connections().provider(connection).tools().kinds();
        if (kinds.isEmpty()) {
            return Html.NOTHING;
        }
        List<Html> rows = new ArrayList<>();
        for (int i = 0; i < PolicyForm.RESOURCES; i++) {
            rows.add(resource(kinds, i));
        }
        Entities entities = visit.connections().entities(connection);
        List<Html> known = new ArrayList<>();
        for (Entities.Kind kind : entities.kinds()) {
            for (Entity entity : entities.list(kind.name(), "", null, SUGGESTED).entities()) {
                known.add(Html.of("<option value=\"%s\">%s</option>", entity.id(), entity.name()));
            }
        }
        return Html.of(
                """
                <details class="field"%s><summary>%s</summary><p class="hint">%s</p>%s%s%s<datalist id="known">%s</datalist></details>
                """,
                Html.of(" open").when(!form.text("kind0").isEmpty()),
                visit.say("policy.resources"),
                visit.say("policy.resources-hint"),
                whence(entities),
                attributes(kinds),
                rows,
                known);
    }

    /** Which attributes there are: a policy that names another one is refused. */
    private Html attributes(List<ResourceKind> kinds) {
        List<EntitySource> sources = visit.connections().provider(connection).entities();
        List<Html> lines = new ArrayList<>();
        for (ResourceKind kind : kinds) {
            String names = sources.stream()
                    .filter(source -> source.kind().equals(kind.name()))
                    .flatMap(source -> source.attributes().keySet().stream())
                    .distinct()
                    .collect(Collectors.joining(", "));
            lines.add(
                    Html.of("<li>%s: <code>%s</code></li>", kind.label(), names).when(!names.isEmpty()));
        }
        return Html.of(
                        "<p class=\"hint\">%s</p><ul class=\"hint\">%s</ul>",
                        visit.say("policy.attributes-known"), lines)
                .when(!sources.isEmpty());
    }

    /** Where the list of known things comes from. */
    private Html whence(Entities entities) {
        List<Entities.Kind> kinds = entities.kinds();
        if (kinds.isEmpty()) {
            return Html.of("<p class=\"hint\">%s</p>", visit.say("policy.known-never"));
        }
        boolean nothing = kinds.stream().allMatch(kind -> kind.known() == 0);
        return Html.of(
                "<p class=\"hint\">%s <a href=\"%s\">%s</a></p>",
                visit.say(nothing ? "policy.known-nothing" : "policy.known"),
                visit.at(OwnerPaths.THINGS, "name", connection),
                visit.say("things.title", connection));
    }

    private Html resource(List<ResourceKind> kinds, int row) {
        List<Html> options = new ArrayList<>();
        options.add(Html.of("<option value=\"\">%s</option>", visit.say("policy.no-kind")));
        kinds.forEach(kind -> options.add(Html.of(
                "<option value=\"%s\"%s>%s</option>",
                kind.name(), Html.of(" selected").when(form.has("kind" + row, kind.name())), kind.label())));
        String id = "kind" + row;
        return Html.of(
                """
                <fieldset class="part"><legend>%s</legend><div class="field"><label for="%s">%s</label>
                <select id="%s" name="%s">%s</select></div>%s<div class="field"><label for="add%s">%s</label>
                <input id="add%s" name="add%s" list="known" autocomplete="off"></div>%s</fieldset>
                """,
                visit.say("policy.resource", row + 1),
                id,
                visit.say("policy.kind"),
                id,
                id,
                options,
                area("ids" + row, 2, visit.say("policy.ids"), visit.say("policy.ids-hint")),
                row,
                visit.say("policy.add"),
                row,
                row,
                area("attributes" + row, 2, visit.say("policy.attributes"), visit.say("policy.attributes-hint")));
    }

    private Html rest() {
        return Html.of(
                """
                <details class="field"%s><summary>%s</summary>%s%s</details>%s
                """,
                Html.of(" open")
                        .when(!form.text("denyMessage").isEmpty()
                                || !form.text("afterDenials").matches("0?")),
                visit.say("policy.forbids"),
                input("denyMessage", "text", "policy.deny-message", " maxlength=\"500\""),
                input("afterDenials", "number", "policy.after-denials", " min=\"0\" max=\"1000\""),
                box(
                        "checkbox",
                        "enabled",
                        "true",
                        form.has("enabled", "true"),
                        visit.say("policy.enabled"),
                        visit.say("policy.enabled-hint")));
    }

    private Html buttons() {
        return Html.of("""
                <div class="bar"><button name="do" value="save">%s</button>
                <button class="plain" name="do" value="preview">%s</button></div>
                """, visit.say("policy.save"), visit.say("policy.preview"));
    }

    private static Html box(String type, String name, String value, boolean on, String label, String hint) {
        return Html.of(
                """
                <label class="check"><input type="%s" name="%s" value="%s"%s><span>%s%s</span></label>
                """,
                type,
                name,
                value,
                Html.of(" checked").when(on),
                label,
                Html.of("<span class=\"hint\">%s</span>", hint).when(!hint.isEmpty()));
    }

    private Html area(String name, int rows, String label, String hint) {
        return Html.of("""
                <div class="field"><label for="%s">%s</label><p class="hint" id="%s-hint">%s</p>
                <textarea id="%s" name="%s" rows="%s" spellcheck="false" aria-describedby="%s-hint">
                %s</textarea></div>
                """, name, label, name, hint, name, name, Integer.toString(rows), name, form.text(name));
    }

    private Html input(String name, String type, String key, String attributes) {
        return Html.of("""
                <div class="field"><label for="%s">%s</label><input id="%s" name="%s" type="%s" value="%s" autocomplete="off"%s></div>
                """, name, visit.say(key), name, name, type, form.text(name), Html.rendered(attributes));
    }
}
