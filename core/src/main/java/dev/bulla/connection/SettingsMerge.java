package dev.bulla.connection;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.Settings;
import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which settings a connection of a provider and mode has, and what a part of them means. Plain values, no I/O. */
final class SettingsMerge {
    private final Provider provider;
    private final Mode mode;

    SettingsMerge(Provider provider, Mode mode) {
        this.provider = provider;
        this.mode = mode;
    }

    /** Fields beside the client id and secret, in the order of the form. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>(provider.ownerFields());
        fields.removeIf(field -> !field.rule().modes().contains(mode));
        for (String part : provider.instanceParts()) {
            if (fields.stream().noneMatch(field -> field.name().equals(part))) {
                fields.add(Field.text(part, part, "part of the service's address"));
            }
        }
        if (mode == Mode.HOST_CREDENTIAL) {
            provider.form().map(KeyForm::fields).ifPresent(fields::addAll);
        }
        fields.removeIf(field -> field.rule().byFlow());
        return fields;
    }

    /**
     * A mark of what is asked for, of the owner and, in a form, of each member: names, and which of them are secret or required. Labels,
     * hints and order make no other form.
     */
    String form() {
        List<String> asked = new ArrayList<>();
        if (takesApp()) {
            asked.add("app " + Registrations.needsSecret(provider));
        }
        fields().forEach(field -> asked.add("owner " + asked(field)));
        if (mode == Mode.FORM) {
            provider.form()
                    .map(KeyForm::fields)
                    .orElse(List.of())
                    .forEach(field -> asked.add("member " + asked(field)));
        }
        asked.sort(null);
        return Ids.hash(String.join("\n", asked));
    }

    private static String asked(Field field) {
        String preset = field.input().preset().isEmpty() ? "" : " preset";
        return field.name() + ' ' + field.secret() + ' ' + field.required() + preset;
    }

    boolean takesApp() {
        return mode == Mode.OWN_APP;
    }

    boolean takesScopes() {
        return mode == Mode.OWN_APP || mode == Mode.MANAGED_APP;
    }

    /** Names in {@code settings} that change nothing here. */
    List<String> ignored(Settings settings) {
        List<String> ignored = new ArrayList<>();
        settings.fields().keySet().stream().filter(name -> !takes(name, false)).forEach(ignored::add);
        settings.secrets().keySet().stream().filter(name -> !takes(name, true)).forEach(ignored::add);
        if (settings.scopes().isPresent() && !takesScopes()) {
            ignored.add("scopes");
        }
        ignored.sort(null);
        return ignored;
    }

    boolean takes(String name, boolean secret) {
        if (name.equals(secret ? Settings.CLIENT_SECRET : Settings.CLIENT_ID)) {
            return takesApp();
        }
        return field(name).filter(field -> field.secret() == secret).isPresent();
    }

    private Optional<Field> field(String name) {
        return fields().stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** Plain fields: the former ones, or their presets, with what was sent and is taken; an empty value removes one, down to its preset. */
    Map<String, String> plain(Map<String, String> former, Settings settings) {
        Map<String, String> merged = new LinkedHashMap<>(former);
        for (Field field : fields()) {
            if (!field.secret() && !field.input().preset().isEmpty()) {
                merged.putIfAbsent(field.name(), field.input().preset());
            }
        }
        settings.fields().forEach((name, value) -> {
            if (!name.equals(Settings.CLIENT_ID) && takes(name, false)) {
                String checked = checked(name, value);
                if (checked.isEmpty()) {
                    merged.remove(name);
                } else {
                    merged.put(name, checked);
                }
            }
        });
        return merged;
    }

    /** Secret fields beside the client secret, likewise. */
    Map<String, Secret> secret(Map<String, Secret> former, Settings settings) {
        Map<String, Secret> merged = new LinkedHashMap<>(former);
        settings.secrets().forEach((name, value) -> {
            if (!name.equals(Settings.CLIENT_SECRET) && takes(name, true)) {
                merged.put(name, Secret.of(checked(name, value.reveal())));
            }
        });
        return merged;
    }

    private String checked(String name, String value) {
        Field field = field(name).orElseThrow();
        return field.take(value)
                .filter(kept -> kept.isEmpty() ? !field.secret() : provider.fits(name, kept))
                .orElseThrow(() -> new BullaException(
                        ErrorCode.INVALID_SETTING, "'" + name + "' is not of the form that it must have"));
    }

    /** Scopes that were sent, with the required ones; all of one word each. */
    List<String> scopes(List<String> sent) {
        List<String> scopes = new ArrayList<>();
        for (String scope : sent) {
            if (!scope.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+")) {
                throw new BullaException(ErrorCode.INVALID_SETTING, "a scope is one word (RFC 6749 section 3.3)");
            }
            if (!scopes.contains(scope)) {
                scopes.add(scope);
            }
        }
        provider.scopes().stream()
                .filter(scope -> scope.required() && !scopes.contains(scope.name()))
                .forEach(scope -> scopes.add(scope.name()));
        return scopes;
    }

    List<String> presetScopes() {
        return takesScopes()
                ? provider.scopes().stream()
                        .filter(scope -> scope.required() || scope.byDefault())
                        .map(dev.bulla.provider.Scope::name)
                        .toList()
                : List.of();
    }
}
