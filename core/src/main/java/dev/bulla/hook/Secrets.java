package dev.bulla.hook;

import dev.bulla.connection.Registrations;
import dev.bulla.provider.App;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.Source;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The secrets that are good on a connection, wherever they are kept. Thread-safe. */
final class Secrets {
    private final Store store;
    private final Registrations registrations;

    Secrets(Store store, Registrations registrations) {
        this.store = store;
        this.registrations = registrations;
    }

    List<String> good(Optional<ConnectionRow> connection, WebhookScheme scheme, Kept kept) {
        return Stream.concat(kept.secrets().stream(), connection.stream().flatMap(row -> elsewhere(row, scheme)))
                .toList();
    }

    /** Those that were saved for more than webhooks: in the connection's form, and with its apps where the service signs with their secrets. */
    Stream<String> elsewhere(ConnectionRow row, WebhookScheme scheme) {
        Stream<String> apps = scheme.source() == Source.APP ? apps(row) : Stream.empty();
        return Stream.concat(apps, scheme.ownerField().stream().flatMap(field -> field(row, field).stream()));
    }

    private Optional<String> field(ConnectionRow row, String field) {
        return Optional.ofNullable(registrations.secrets(row).get(field)).map(secret -> secret.reveal());
    }

    private Stream<String> apps(ConnectionRow row) {
        return Stream.concat(
                        registrations.currentAppId(row).stream(),
                        store.connections().apps(row.tenant(), row.id()).stream()
                                .map(app -> app.id()))
                .distinct()
                .flatMap(id -> registrations.app(row, id).stream())
                .map(App::clientSecret)
                .filter(Objects::nonNull)
                .map(secret -> secret.reveal());
    }
}
