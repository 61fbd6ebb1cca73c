package dev.bulla.connection;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.form.OwnerFields;
import dev.bulla.provider.App;
import dev.bulla.provider.Field;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Sealed;
import dev.bulla.store.Store;
import dev.bulla.store.Write;
import dev.bulla.vault.Payload;
import dev.bulla.vault.PlainJson;
import dev.bulla.vault.Purpose;
import dev.bulla.vault.Vault;
import java.net.URI;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which provider and which app registration a row speaks of; seals and opens their secrets. Thread-safe. */
public final class Registrations {
    private static final int ROUNDS = 20;
    private static final String MANAGED = "managed:";
    private static final String ANCHOR = "anchor";
    private static final String SECRETS = "secrets";

    private final Store store;
    private final Vault vault;
    private final URI base;
    private final Map<String, Provider> providers;
    private final Map<String, Map<Mode, Provider>> narrowed = new HashMap<>();

    public Registrations(Store store, Vault vault, URI base, Map<String, Provider> providers) {
        this.store = store;
        this.vault = vault;
        this.base = base;
        this.providers = Map.copyOf(providers);
        providers.forEach((id, provider) -> {
            Map<Mode, Provider> modes = new EnumMap<>(Mode.class);
            provider.modes().forEach(mode -> modes.put(mode, provider.in(mode)));
            narrowed.put(id, modes);
        });
    }

    /** What the host registered, by display name. */
    public List<Provider> all() {
        return providers.values().stream()
                .sorted(Comparator.comparing(Provider::displayName, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(Provider::id))
                .toList();
    }

    /** @throws BullaException {@code SETUP} where the host did not register the provider */
    public Provider provider(String id) {
        return find(id).orElseThrow(
                        () -> new BullaException(ErrorCode.SETUP, "the host registered no provider '" + id + "'"));
    }

    public Optional<Provider> find(String id) {
        return Optional.ofNullable(providers.get(id));
    }

    /** The provider of a connection, as far as the connection's mode goes. */
    public Provider provider(ConnectionRow connection) {
        return find(connection).orElseGet(() -> provider(connection.provider()));
    }

    /** Empty where the host registered no such provider (any more). */
    public Optional<Provider> find(ConnectionRow connection) {
        Optional<Provider> whole = find(connection.provider());
        return whole.map(provider -> narrowed.getOrDefault(connection.provider(), Map.of())
                .getOrDefault(Mode.valueOf(connection.mode()), provider));
    }

    /** What to register at the service for this connection; empty where its mode needs none. */
    public Optional<URI> redirectUri(ConnectionRow connection) {
        return switch (Mode.valueOf(connection.mode())) {
            case OWN_APP -> Optional.of(callback(connection.id()));
            case MANAGED_APP -> provider(connection).managed().map(app -> callback(app.id()));
            case FORM, HOST_CREDENTIAL -> Optional.empty();
        };
    }

    /** Whether a callback path names a connection of the tenant or a managed app. */
    public boolean isCallback(String tenant, String pathId) {
        return providers.values().stream()
                        .flatMap(provider -> provider.managed().stream())
                        .anyMatch(app -> app.id().equals(pathId))
                || store.connections().find(tenant, pathId).isPresent();
    }

    URI callback(String id) {
        return URI.create(base + "/callback/" + id);
    }

    /** The plain fields of a connection: parts of the instance among them. */
    public Map<String, String> fields(ConnectionRow connection) {
        return Notes.fields(connection);
    }

    /** The parts of the API's address: those of the connection, and those that came with the account. */
    public Map<String, String> instance(ConnectionRow connection, Payload payload) {
        Map<String, String> instance = new LinkedHashMap<>(fields(connection));
        for (String part : provider(connection).accountParts()) {
            Optional.ofNullable(payload.selected().get(part))
                    .or(() -> Optional.ofNullable(
                            payload.tokens().granted().main().extra().get(part)))
                    .or(() -> Optional.ofNullable(payload.form().get(part)).map(Secret::reveal))
                    .ifPresent(value -> instance.put(part, value));
        }
        return instance;
    }

    /**
     * What a request may need beside the token, by name: the owner's fields, secret ones among them, kept fields of the token answer,
     * what the member's choice gave, and what the member filled in.
     */
    public Map<String, Secret> values(ConnectionRow connection, Payload payload) {
        Map<String, Secret> values = new LinkedHashMap<>();
        fields(connection).forEach((name, value) -> put(values, name, value));
        if (provider(connection).ownerFields().stream().anyMatch(Field::secret)) {
            values.putAll(secrets(connection));
        }
        payload.tokens().sets().values().forEach(set -> set.extra().forEach((name, value) -> put(values, name, value)));
        payload.selected().forEach((name, value) -> put(values, name, value));
        values.putAll(payload.form());
        return values;
    }

    private static void put(Map<String, Secret> values, String name, String value) {
        if (!value.isEmpty()) {
            values.put(name, Secret.of(value));
        }
    }

    /** Whether everything is there that the API's address takes from the account. */
    public boolean isAddressed(ConnectionRow connection, Payload payload) {
        return instance(connection, payload)
                .keySet()
                .containsAll(provider(connection).accountParts());
    }

    /** Stands in where there is no app registration: for services that know none. */
    public App withoutClient(ConnectionRow connection) {
        return new App("", null, base, fields(connection));
    }

    /** What the connection's secrets are bound to. */
    public String anchor(ConnectionRow connection) {
        return provider(connection).trustAnchor(fields(connection));
    }

    /** Whether sealed contents that were bound to {@code anchor} may still be sent where the connection points. */
    public boolean accepts(ConnectionRow connection, String anchor) {
        try {
            return Ids.same(anchor, anchor(connection))
                    || provider(connection).formerAnchors().contains(anchor);
        } catch (IllegalArgumentException e) { // a part of the service's address is not set: it points nowhere
            return false;
        }
    }

    /** The id under which accounts remember the app registration that the connection uses now, if there is one. */
    public Optional<String> currentAppId(ConnectionRow connection) {
        return Mode.valueOf(connection.mode()) == Mode.MANAGED_APP
                ? provider(connection).managed().map(app -> MANAGED + app.id())
                : Optional.ofNullable(connection.appId());
    }

    static boolean isManaged(String appId) {
        return appId.startsWith(MANAGED);
    }

    /** The id under which accounts of the connection's provider remember the host's app, where that has this client id. */
    Optional<String> managedAppId(ConnectionRow connection, String clientId) {
        return find(connection.provider())
                .flatMap(Provider::managed)
                .filter(app -> app.clientId().equals(clientId))
                .map(app -> MANAGED + app.id());
    }

    /**
     * What tokens of this account are refreshed with: its app registration, or for a form nothing.
     *
     * @return as {@link #app}
     */
    public Optional<App> refreshingApp(ConnectionRow connection, String appId) {
        return Mode.valueOf(connection.mode()) == Mode.FORM
                ? Optional.of(withoutClient(connection))
                : app(connection, appId);
    }

    /** Host and port of the token endpoint; empty where there is none, or where it can not be told. */
    Optional<String> tokenHost(ConnectionRow connection) {
        try {
            return find(connection.provider())
                    .flatMap(Provider::oauth2)
                    .map(spec -> spec.tokenUrl().expand(fields(connection)).getAuthority());
        } catch (IllegalArgumentException e) { // a part of the service's address is not set
            return Optional.empty();
        }
    }

    /**
     * The app registration with its secret opened.
     *
     * @return empty where it is gone or retired, and where its secret was saved for another address than the connection's present one
     */
    public Optional<App> app(ConnectionRow connection, String appId) {
        URI redirect = redirectUri(connection).orElse(base);
        Map<String, String> fields = fields(connection);
        if (isManaged(appId)) {
            return provider(connection)
                    .managed()
                    .filter(app -> appId.equals(MANAGED + app.id()))
                    .map(app -> new App(app.clientId(), app.clientSecret(), redirect, fields));
        }
        return store.connections()
                .findApp(connection.tenant(), appId)
                .filter(app -> !app.retired() && app.connectionId().equals(connection.id()))
                .flatMap(app -> opened(connection, app))
                .map(notes -> new App(notes.clientId(), notes.secret(), redirect, notes.among(fields)))
                .filter(app -> app.clientSecret() != null || !needsSecret(provider(connection)));
    }

    /** Empty where it belongs to another authorization server than the present one, for a service that names its own. */
    Optional<AppNotes> opened(ConnectionRow connection, AppRow app) {
        Sealed sealed = app.sealed();
        boolean bound = find(connection).flatMap(Provider::discovery).isPresent();
        if (sealed == null) {
            return bound ? Optional.empty() : Optional.of(AppNotes.of(app.clientId()));
        }
        Map<String, Object> in = opened(app, sealed);
        boolean here = mayLeave(connection, in);
        return bound && !here
                ? Optional.empty()
                : Optional.of(here ? AppNotes.read(app.clientId(), in) : AppNotes.of(app.clientId()));
    }

    private Map<String, Object> opened(AppRow app, Sealed sealed) {
        return PlainJson.read(
                vault.openForHost(Purpose.APP, app.tenant(), "", app.connectionId(), app.id(), app.sealNo(), sealed));
    }

    /** Whether the library made itself known as this client, so that it may do so again. */
    boolean isSelfMade(AppRow app) {
        Sealed sealed = app.sealed();
        return sealed != null
                && AppNotes.read(app.clientId(), opened(app, sealed)).isSelfMade();
    }

    /**
     * Says that the service does not know this client (any more). Where the library made itself known as it, the next consent finds another
     * one; accounts that stand on it stay as they are, in case the service was wrong.
     *
     * @return whether it was forgotten
     */
    public boolean refused(ConnectionRow connection, String appId) {
        boolean follows = find(connection).flatMap(Provider::discovery).isPresent();
        for (int round = 0; follows && round < ROUNDS; round++) {
            Optional<ConnectionRow> row = store.connections()
                    .find(connection.tenant(), connection.id())
                    .filter(read -> appId.equals(read.appId()))
                    .filter(read -> store.connections()
                            .findApp(connection.tenant(), appId)
                            .filter(this::isSelfMade)
                            .isPresent());
            if (row.isEmpty()) {
                return false;
            }
            if (store.connections().update(Edit.withoutApp(row.get()), null) == Write.DONE) {
                return true;
            }
        }
        return false;
    }

    /** Whether an app registration of the provider must come from the owner. */
    static boolean needsApp(Provider provider) {
        return OwnerFields.clientId(provider).required();
    }

    /** Where the host serves the document that describes it as the client of a connection; empty where that address is not https. */
    Optional<URI> clientDocument(String connectionId) {
        return "https".equals(base.getScheme()) && Ids.isId(connectionId)
                ? Optional.of(URI.create(base + "/client/" + connectionId))
                : Optional.empty();
    }

    /** Whether an app registration of the provider is worth nothing without its secret. */
    static boolean needsSecret(Provider provider) {
        return OwnerFields.clientSecret(provider).required();
    }

    /** Whether the secret of an app registration is there, and may be sent where the connection points. */
    boolean hasSecret(ConnectionRow connection, AppRow app) {
        return secret(connection, app) != null;
    }

    private @Nullable Secret secret(ConnectionRow connection, AppRow app) {
        return opened(connection, app).map(AppNotes::secret).orElse(null);
    }

    Sealed sealApp(ConnectionRow connection, String appId, long sealNo, AppNotes notes) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(ANCHOR, anchorOrNone(connection));
        out.putAll(notes.write());
        return vault.sealForHost(
                Purpose.APP, connection.tenant(), "", connection.id(), appId, sealNo, PlainJson.write(out));
    }

    /** The connection's own secrets, such as a host credential; none where they were saved for another address than its present one. */
    public Map<String, Secret> secrets(ConnectionRow connection) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        Sealed sealed = connection.sealed();
        if (sealed != null) {
            Map<String, Object> in = PlainJson.read(vault.openForHost(
                    Purpose.CONNECTION, connection.tenant(), "", connection.id(), "", connection.sealNo(), sealed));
            if (mayLeave(connection, in)) {
                PlainJson.object(in, SECRETS)
                        .forEach((name, value) -> secrets.put(name, Secret.of(String.valueOf(value))));
            }
        }
        return secrets;
    }

    Sealed sealSecrets(ConnectionRow connection, long sealNo, Map<String, Secret> secrets) {
        Map<String, String> texts = new LinkedHashMap<>();
        secrets.forEach((name, secret) -> texts.put(name, secret.reveal()));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(ANCHOR, anchorOrNone(connection));
        out.put(SECRETS, texts);
        return vault.sealForHost(
                Purpose.CONNECTION, connection.tenant(), "", connection.id(), "", sealNo, PlainJson.write(out));
    }

    /** A write-only secret stays with the address that it was saved for: who edits the address can not draw it out. */
    private boolean mayLeave(ConnectionRow connection, Map<String, Object> sealed) {
        return find(connection.provider()).isPresent() && accepts(connection, PlainJson.text(sealed, ANCHOR));
    }

    /** Saved before the address is known, a secret is bound to none and must be saved again. */
    private String anchorOrNone(ConnectionRow connection) {
        try {
            return anchor(connection);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
