package dev.bulla.connection;

import dev.bulla.error.BullaException;
import dev.bulla.form.OwnerFields;
import dev.bulla.model.Connection;
import dev.bulla.model.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an owner typed into the form of a connection, as settings. An empty box for a secret says nothing: a secret that is set is not
 * shown. What the host provides is not in the form. No I/O.
 */
final class OwnerForm {
    private final SettingsMerge merge;
    private final Connection former;

    OwnerForm(SettingsMerge merge, Connection former) {
        this.merge = merge;
        this.former = former;
    }

    /**
     * @param settings what can be saved
     * @param ignored names that change nothing here
     * @param refused names whose values are not of the form that they must have
     */
    record Filled(Settings settings, List<String> ignored, List<String> refused) {}

    Filled settings(Map<String, String> typed) {
        Settings settings = Settings.none();
        List<String> ignored = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Map.Entry<String, String> entry : new TreeMap<>(typed).entrySet()) { // the client id before its secret
            String name = entry.getKey();
            Optional<Settings> one = one(name, entry.getValue());
            if (one.isEmpty()) {
                ignored.add(name);
            } else if (fits(one.get(), settings)) {
                settings = settings.and(one.get());
            } else {
                refused.add(name);
            }
        }
        return new Filled(settings, ignored, List.copyOf(refused));
    }

    private Optional<Settings> one(String name, String value) {
        if (name.equals(OwnerFields.SCOPES) && merge.takesScopes()) {
            String[] scopes = value.isBlank() ? new String[0] : value.strip().split("[\\s,]+");
            return Optional.of(Settings.none().scopes(scopes));
        }
        if (merge.isHosts(name)) {
            return Optional.empty();
        }
        if (merge.takes(name, true)) {
            return Optional.of(
                    value.isBlank() ? Settings.none() : Settings.none().withSecret(name, value));
        }
        if (!merge.takes(name, false)) {
            return Optional.empty();
        }
        boolean untouched = name.equals(Settings.CLIENT_ID)
                && value.isBlank()
                && former.clientId().isEmpty();
        return Optional.of(untouched ? Settings.none() : Settings.none().with(name, value));
    }

    private boolean fits(Settings one, Settings before) {
        try {
            merge.check(one);
        } catch (BullaException e) {
            return false;
        }
        return !one.secrets().containsKey(Settings.CLIENT_SECRET)
                || former.clientId().isPresent()
                || before.fields().containsKey(Settings.CLIENT_ID);
    }
}
