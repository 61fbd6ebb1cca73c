package dev.bulla.form;

import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a part of a member's form means beside the values that are there: what is not sent keeps its value. An empty box for a secret
 * says nothing, because a secret that is set is not shown. Plain values, no I/O.
 *
 * @param values the whole form from now on
 * @param changed names of fields that have another value than before
 * @param ignored names that change nothing
 * @param refused names whose values are not of the form that they must have
 * @param missing names of fields that are needed and have no value
 */
public record FormMerge(
        Map<String, Secret> values,
        List<String> changed,
        List<String> ignored,
        List<String> refused,
        List<String> missing) {

    /** @param former values of a connected account; null where nothing is connected */
    public static FormMerge of(Provider provider, Map<String, String> typed, @Nullable Map<String, Secret> former) {
        KeyForm form = provider.form().orElseThrow();
        Map<String, Secret> before = former == null ? Map.of() : former;
        Map<String, Secret> values = new LinkedHashMap<>();
        TreeSet<String> ignored = new TreeSet<>(typed.keySet());
        List<String> refused = new ArrayList<>();
        for (Field field : form.fields()) {
            String name = field.name();
            Secret kept = before.get(name);
            if (kept != null) {
                values.put(name, kept);
            }
            if (field.rule().byFlow() || (field.rule().fixed() && former != null)) {
                continue;
            }
            ignored.remove(name);
            String sent = typed.get(name);
            if (sent == null ? kept != null : field.secret() && sent.isBlank()) {
                continue;
            }
            Optional<String> taken = field.take(sent == null ? "" : sent)
                    .filter(value ->
                            value.isEmpty() ? !form.needed(field) || sent == null : provider.fits(name, value));
            if (taken.isEmpty()) {
                refused.add(name);
            } else if (taken.get().isEmpty()) {
                values.remove(name);
            } else {
                values.put(name, Secret.of(taken.get()));
            }
        }
        for (String unread : form.read(values, provider)) {
            refused.add(unread);
            values.remove(unread);
            Optional.ofNullable(before.get(unread)).ifPresent(kept -> values.put(unread, kept));
        }
        form.read(values, provider);
        if (former != null) {
            stayAtHome(provider, form, before, values);
        }
        List<String> missing = form.fields().stream()
                .filter(field -> form.needed(field) && !values.containsKey(field.name()))
                .map(Field::name)
                .toList();
        List<String> changed = form.fields().stream()
                .map(Field::name)
                .filter(name -> !same(before.get(name), values.get(name)))
                .toList();
        return new FormMerge(values, changed, List.copyOf(ignored), List.copyOf(refused), missing);
    }

    /** Who edits the address can not draw secrets out: those that were saved for another one must be typed again. */
    private static void stayAtHome(
            Provider provider, KeyForm form, Map<String, Secret> before, Map<String, Secret> values) {
        boolean elsewhere =
                provider.accountParts().stream().anyMatch(part -> !same(before.get(part), values.get(part)));
        if (elsewhere) {
            form.fields().stream()
                    .filter(Field::secret)
                    .map(Field::name)
                    .filter(name -> before.get(name) == values.get(name)) // kept: typed ones are another object
                    .forEach(values::remove);
        }
    }

    private static boolean same(@Nullable Secret one, @Nullable Secret other) {
        return one == null ? other == null : other != null && one.matches(other);
    }

    @Override
    public String toString() {
        return "FormMerge" + values.keySet();
    }
}
