package dev.bulla.connection;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.form.OwnerFields;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which settings a connection of a provider and mode has, and what a part of them means. Plain values, no I/O. */
final class SettingsMerge {
    private static final Pattern CLIENT_ID = Pattern.compile("[\\x21-\\x7E]{1,500}");
    private static final Pattern CLIENT_SECRET = Pattern.compile("[\\x20-\\x7E]{1,20000}|(?s)-----BEGIN .*");

    private final Provider provider;
    private final Mode mode;
    private final Set<String> frozen;

    SettingsMerge(Provider whole, Mode mode) {
        this(whole.in(mode), mode, Set.of());
    }

    private SettingsMerge(Provider provider, Mode mode, Set<String> frozen) {
        this.provider = provider;
        this.mode = mode;
        this.frozen = frozen;
    }

    /** The same, where something is connected: fields that are fixed since then change no more. */
    SettingsMerge connected() {
        return new SettingsMerge(
                provider,
                mode,
                fields().stream()
                        .filter(field -> field.rule().fixed())
                        .map(Field::name)
                        .collect(Collectors.toSet()));
    }

    /** Whether it matters that something is connected. */
    boolean hasFixed() {
        return fields().stream().anyMatch(field -> field.rule().fixed());
    }

    /** Fields beside the client id and secret, in the order of the form. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>(OwnerFields.settings(provider));
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
        return OwnerFields.takesApp(mode);
    }

    boolean takesScopes() {
        return OwnerFields.takesScopes(mode);
    }

    /** Names in {@code settings} that change nothing here. */
    List<String> ignored(Settings settings) {
        List<String> ignored = new ArrayList<>();
        settings.fields().keySet().stream().filter(name -> !takes(name, false)).forEach(ignored::add);
        settings.secrets().keySet().stream().filter(name -> !takes(name, true)).forEach(ignored::add);
        if (settings.scopes().isPresent() && !takesScopes()) {
            ignored.add(OwnerFields.SCOPES);
        }
        ignored.sort(null);
        return ignored;
    }

    boolean takes(String name, boolean secret) {
        if (name.equals(secret ? Settings.CLIENT_SECRET : Settings.CLIENT_ID)) {
            return takesApp();
        }
        return !frozen.contains(name)
                && field(name).filter(field -> field.secret() == secret).isPresent();
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

    /** Whether this is a part of the credential that the host provides. */
    boolean isHosts(String name) {
        return mode == Mode.HOST_CREDENTIAL
                && OwnerFields.settings(provider).stream()
                        .noneMatch(field -> field.name().equals(name))
                && field(name).isPresent();
    }

    /** @throws BullaException {@code INVALID_SETTING} where one is not of the form that it must have */
    void check(Settings settings) {
        plain(Map.of(), settings);
        secret(Map.of(), settings);
        Optional.ofNullable(settings.fields().get(Settings.CLIENT_ID)).ifPresent(this::clientId);
        Optional.ofNullable(settings.secrets().get(Settings.CLIENT_SECRET)).ifPresent(this::clientSecret);
        settings.scopes().ifPresent(this::scopes);
    }

    /** Names of what these settings change: a client id and a secret whenever they are sent. */
    List<String> changed(Map<String, String> former, Map<String, String> plain, Settings settings) {
        Set<String> changed = new TreeSet<>();
        settings.secrets().keySet().stream().filter(name -> takes(name, true)).forEach(changed::add);
        settings.fields().keySet().stream()
                .filter(name -> takes(name, false)
                        && (name.equals(Settings.CLIENT_ID) || !Objects.equals(former.get(name), plain.get(name))))
                .forEach(changed::add);
        return new ArrayList<>(changed);
    }

    private String checked(String name, String value) {
        return taken(field(name).orElseThrow(), value).orElseThrow(() -> refused(name));
    }

    private Optional<String> taken(Field field, String value) {
        return field.take(value).filter(kept -> kept.isEmpty() ? !field.secret() : provider.fits(field.name(), kept));
    }

    /** The client id as it is kept. */
    String clientId(String sent) {
        return OwnerFields.clientId(provider)
                .take(sent)
                .filter(id -> CLIENT_ID.matcher(id).matches())
                .orElseThrow(() -> refused(Settings.CLIENT_ID));
    }

    /** The client secret as it is kept: in a form it may come with the blanks of a copy. */
    Secret clientSecret(Secret sent) {
        return OwnerFields.clientSecret(provider)
                .take(sent.reveal())
                .filter(secret -> CLIENT_SECRET.matcher(secret).matches())
                .map(Secret::of)
                .orElseThrow(() -> refused(Settings.CLIENT_SECRET));
    }

    private static BullaException refused(String name) {
        return new BullaException(ErrorCode.INVALID_SETTING, "'" + name + "' is not of the form that it must have");
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
