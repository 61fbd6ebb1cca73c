package dev.bulla.connection;

import dev.bulla.model.Connection;
import dev.bulla.model.Settings;
import dev.bulla.provider.Field;
import dev.bulla.provider.Mode;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.vault.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connections as owners see them: without secrets, with what is missing. Thread-safe. */
final class ConnectionViews {
    /** What is missing where the host no longer registers the provider of a connection. */
    private static final String PROVIDER = "provider";

    private final Store store;
    private final Registrations registrations;

    ConnectionViews(Store store, Registrations registrations) {
        this.store = store;
        this.registrations = registrations;
    }

    SettingsMerge merge(ConnectionRow row) {
        return new SettingsMerge(registrations.provider(row), Mode.valueOf(row.mode()));
    }

    Connection view(ConnectionRow row) {
        List<String> secrets = new ArrayList<>(registrations.secrets(row).keySet());
        Optional<AppRow> app = app(row);
        boolean known = registrations.find(row.provider()).isPresent();
        List<String> missing = known ? missing(row, app.orElse(null), secrets) : List.of(PROVIDER);
        app.filter(present -> registrations.hasSecret(row, present))
                .ifPresent(present -> secrets.add(Settings.CLIENT_SECRET));
        return new Connection(
                row.id(),
                row.name(),
                row.provider(),
                Mode.valueOf(row.mode()),
                row.enabled(),
                row.required(),
                ConnectionKeeper.keyFirst(row),
                row.revision(),
                app.map(AppRow::clientId),
                Views.words(row.scopes()),
                registrations.fields(row),
                secrets,
                known ? registrations.redirectUri(row) : Optional.empty(),
                missing);
    }

    /**
     * @param app the app registration that is about to be saved, or null for the one that is
     * @param secrets names of the connection's own secrets
     */
    List<String> missing(ConnectionRow row, @Nullable AppRow app, List<String> secrets) {
        SettingsMerge merge = merge(row);
        List<String> missing = new ArrayList<>();
        if (merge.takesApp()) {
            Optional<AppRow> present = app == null ? app(row) : Optional.of(app);
            if (present.isEmpty() && Registrations.needsApp(registrations.provider(row))) {
                missing.add(Settings.CLIENT_ID);
            }
            if (Registrations.needsSecret(registrations.provider(row))
                    && present.filter(saved -> registrations.hasSecret(row, saved))
                            .isEmpty()) {
                missing.add(Settings.CLIENT_SECRET);
            }
        }
        Map<String, String> plain = registrations.fields(row);
        for (Field field : merge.fields()) {
            boolean there = field.secret() ? secrets.contains(field.name()) : plain.containsKey(field.name());
            if (field.required() && !there) {
                missing.add(field.name());
            }
        }
        return missing;
    }

    private Optional<AppRow> app(ConnectionRow row) {
        return Optional.ofNullable(row.appId())
                .flatMap(id -> store.connections().findApp(row.tenant(), id));
    }
}
