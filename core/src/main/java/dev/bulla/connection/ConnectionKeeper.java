package dev.bulla.connection;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.form.FormView;
import dev.bulla.form.OwnerFields;
import dev.bulla.model.Connection;
import dev.bulla.model.Saved;
import dev.bulla.model.Settings;
import dev.bulla.notice.Notices;
import dev.bulla.policy.Baseline;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.store.AppRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Sealed;
import dev.bulla.store.Store;
import dev.bulla.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The owner's verbs on connections. Thread-safe; every write is one compare-and-set, repeated on a fresh read when it loses. */
public final class ConnectionKeeper {
    private static final int ROUNDS = 50;

    private final Store store;
    private final Registrations registrations;
    private final ConnectionViews views;
    private final OwnerNews news;
    private final FormWatch forms;
    private final Prospecting prospecting;
    private final Seeds seeds;

    public ConnectionKeeper(
            Store store, Registrations registrations, Notices notices, Prospecting prospecting, Baseline baseline) {
        this.store = store;
        this.prospecting = prospecting;
        this.seeds = new Seeds(baseline);
        this.registrations = registrations;
        this.views = new ConnectionViews(store, registrations);
        this.news = new OwnerNews(store, notices);
        this.forms = new FormWatch(store, registrations, views, news, seeds);
    }

    /** @throws BullaException {@code CONNECTION_NAME_TAKEN}, {@code INVALID_SETTING} or {@code SETUP} */
    public Connection create(String tenant, String name, String providerId, @Nullable Mode wanted, String by) {
        if (!Ids.isConnectionName(name)) {
            throw new BullaException(
                    ErrorCode.INVALID_SETTING,
                    "a connection's name has letters, digits, blanks, hyphens, underscores and colons, at most 100");
        }
        Provider provider = registrations.provider(providerId);
        Mode mode = wanted == null ? provider.modes().get(0) : wanted;
        if (!provider.modes().contains(mode)) {
            throw new BullaException(ErrorCode.INVALID_SETTING, providerId + " knows no mode " + mode);
        }
        SettingsMerge merge = new SettingsMerge(provider, mode);
        ConnectionRow row = new ConnectionRow(
                Ids.id(),
                tenant,
                name,
                providerId,
                mode.name(),
                true,
                false,
                false,
                1,
                null,
                String.join(" ", merge.presetScopes()),
                Notes.write(merge.plain(Map.of(), Settings.none()), false, merge.form(), ""),
                null,
                0,
                1,
                Ids.id(),
                0,
                0,
                0);
        row = withCompleteness(row, null, Map.of());
        long at = news.before();
        if (store.connections().insert(row, seeds.of(row)) != Write.DONE) {
            throw new BullaException(ErrorCode.CONNECTION_NAME_TAKEN, "the tenant has a connection of this name");
        }
        news.created(row, by, at);
        return view(require(tenant, name));
    }

    /** @throws BullaException {@code CONNECTION_UNKNOWN} */
    public ConnectionRow requireId(String tenant, String id) {
        return store.connections().find(tenant, id).orElseThrow(ConnectionKeeper::unknown);
    }

    public ConnectionRow require(String tenant, String name) {
        return store.connections().findByName(tenant, name).orElseThrow(ConnectionKeeper::unknown);
    }

    /** The same, looked at under the form that its provider has now. */
    public ConnectionRow current(String tenant, String name) {
        return forms.look(require(tenant, name));
    }

    public List<Connection> list(String tenant) {
        return store.connections().list(tenant).stream()
                .map(forms::look)
                .map(this::view)
                .toList();
    }

    /** Whether the owner asks members for a key before they connect here. */
    public static boolean keyFirst(ConnectionRow connection) {
        return Notes.keyFirst(connection);
    }

    /**
     * Saves a part: what is not sent keeps its value; client id, secret, fields and scopes are written together or not at all.
     *
     * @param by who does it, for the history
     */
    public Saved save(String tenant, String name, Settings settings, String by) {
        List<String> ignored = new ArrayList<>();
        ConnectionRow saved = change(tenant, name, by, row -> {
            SettingsMerge merge = merge(row);
            ignored.clear();
            ignored.addAll(merge.ignored(settings));
            Map<String, String> former = Notes.fields(row);
            Map<String, String> plain = prospecting.saved(
                    registrations.provider(row),
                    former,
                    merge.plain(former, settings),
                    merge.takesApp() && sendsApp(settings));
            String scopes = merge.takesScopes()
                    ? settings.scopes()
                            .map(merge::scopes)
                            .map(list -> String.join(" ", list))
                            .orElse(row.scopes())
                    : row.scopes();
            List<String> changed = merge.changed(former, plain, settings);
            if (!scopes.equals(row.scopes())) {
                changed.add(OwnerFields.SCOPES);
            }
            ConnectionRow moved = Edit.owner(
                    row,
                    row.enabled(),
                    settings.required().orElse(row.required()),
                    row.appId(),
                    scopes,
                    Notes.write(
                            plain,
                            settings.memberKeyFirst().orElse(Notes.keyFirst(row)),
                            merge.form(),
                            FieldHistory.with(Notes.history(row), store.now(), by, changed)),
                    row.sealed(),
                    row.sealNo());
            // secrets are sealed for, and opened under, the address as it will be
            AppRow app = merge.takesApp() ? app(moved, merge, settings) : null;
            Map<String, Secret> secrets = merge.secret(registrations.secrets(moved), settings);
            boolean sent = !merge.secret(Map.of(), settings).isEmpty();
            long sealNo = sent ? row.sealNo() + 1 : row.sealNo();
            ConnectionRow next = Edit.secrets(
                    moved,
                    app == null ? row.appId() : app.id(),
                    sent ? registrations.sealSecrets(moved, sealNo, secrets) : row.sealed(),
                    sealNo);
            return new Change(withCompleteness(next, app, secrets), app);
        });
        return new Saved(view(saved), List.copyOf(ignored), List.of());
    }

    /** What the row's settings are, and which of them can be changed now. */
    private SettingsMerge merge(ConnectionRow row) {
        SettingsMerge merge = views.merge(row);
        return merge.hasFixed() && inUse(row) ? merge.connected() : merge;
    }

    private boolean inUse(ConnectionRow row) {
        return store.accounts().ofConnection(row.tenant(), row.id()).stream()
                .anyMatch(account -> account.sealed() != null);
    }

    /** Saves what was typed into the owner's form: what is not of the form that it must have is passed over, and told. */
    public Saved fill(String tenant, String name, Map<String, String> typed, String by) {
        ConnectionRow row = current(tenant, name);
        OwnerForm.Filled filled = new OwnerForm(merge(row), view(row)).settings(typed);
        Saved saved = save(tenant, name, filled.settings(), by);
        List<String> ignored = new ArrayList<>(saved.ignored());
        ignored.addAll(filled.ignored());
        ignored.sort(null);
        return new Saved(saved.connection(), List.copyOf(ignored), filled.refused());
    }

    /** The owner's form of a connection, with what is set. */
    public FormView form(String tenant, String name) {
        ConnectionRow row = current(tenant, name);
        SettingsMerge merge = views.merge(row);
        return FormView.owner(
                registrations.provider(row),
                view(row),
                merge.hasFixed() && inUse(row),
                FieldHistory.read(Notes.history(row), ""));
    }

    private static boolean sendsApp(Settings settings) {
        return settings.fields().containsKey(Settings.CLIENT_ID)
                || settings.secrets().containsKey(Settings.CLIENT_SECRET);
    }

    /** The app row that results from what was sent, or null where nothing of it was sent. */
    private @Nullable AppRow app(ConnectionRow row, SettingsMerge merge, Settings settings) {
        Optional<AppRow> current = Optional.ofNullable(row.appId())
                .flatMap(id -> store.connections().findApp(row.tenant(), id));
        String sentId = settings.fields().get(Settings.CLIENT_ID);
        Secret secret = settings.secrets().get(Settings.CLIENT_SECRET);
        if (sentId == null && secret == null) {
            return null;
        }
        if (sentId == null && current.isEmpty()) {
            throw new BullaException(ErrorCode.INVALID_SETTING, "a client secret needs its client id");
        }
        String clientId = sentId == null ? current.orElseThrow().clientId() : merge.clientId(sentId);
        AppRow base = store.connections().apps(row.tenant(), row.id()).stream()
                .filter(app -> app.clientId().equals(clientId))
                .findFirst()
                .orElseGet(() -> new AppRow(Ids.id(), row.tenant(), row.id(), clientId, null, 0, false, 0));
        // at a service that names its own authorization server a public client belongs to that one too
        boolean sealing = secret != null
                || (base.sealed() == null
                        && registrations.provider(row).discovery().isPresent());
        long sealNo = sealing ? base.sealNo() + 1 : base.sealNo();
        Sealed sealed = sealing
                ? registrations.sealApp(
                        row,
                        base.id(),
                        sealNo,
                        AppNotes.ofOwner(clientId, secret == null ? null : merge.clientSecret(secret)))
                : base.sealed();
        return new AppRow(base.id(), row.tenant(), row.id(), clientId, sealed, sealNo, false, base.createdAt());
    }

    public Connection enable(String tenant, String name, boolean enabled, String by) {
        return view(change(tenant, name, by, row -> new Change(Edit.enabled(row, enabled), null)));
    }

    /** Retires every app registration of the connection but the current one; answers their ids. */
    public List<String> retireOldApps(String tenant, String name, String by) {
        ConnectionRow row = require(tenant, name);
        List<String> retired = new ArrayList<>();
        for (AppRow app : store.connections().apps(tenant, row.id())) {
            AppRow gone = new AppRow(
                    app.id(), tenant, row.id(), app.clientId(), null, app.sealNo() + 1, true, app.createdAt());
            ConnectionRow after = app.retired() || app.id().equals(row.appId())
                    ? row
                    : change(
                            tenant,
                            name,
                            by,
                            current -> new Change(
                                    Edit.enabled(current, current.enabled()),
                                    app.id().equals(current.appId()) ? null : gone));
            if (!app.id().equals(after.appId())) {
                retired.add(app.id());
            }
        }
        if (!retired.isEmpty()) {
            news.retired(row, retired.size(), by);
        }
        return retired;
    }

    /** @return false while accounts hold tokens */
    public boolean delete(String tenant, String name, String by) {
        return delete(tenant, by, () -> Optional.of(require(tenant, name)));
    }

    /** The same by id; where it is gone already, that is fine. */
    public boolean deleteEmptied(String tenant, String id, String by) {
        return delete(tenant, by, () -> store.connections().find(tenant, id));
    }

    private boolean delete(String tenant, String by, Supplier<Optional<ConnectionRow>> read) {
        for (int round = 0; round < ROUNDS; round++) {
            Optional<ConnectionRow> row = read.get();
            if (row.isEmpty()) {
                return true;
            }
            String id = row.get().id();
            long at = news.before();
            if (store.connections().delete(tenant, id, row.get().rowVersion(), false) == Write.DONE) {
                news.deleted(row.get(), by, at);
                return true;
            }
            if (store.accounts().ofConnection(tenant, id).stream().anyMatch(a -> a.sealed() != null)) {
                return false;
            }
        }
        throw busy();
    }

    private record Change(ConnectionRow row, @Nullable AppRow app) {}

    private ConnectionRow change(String tenant, String name, String by, Function<ConnectionRow, Change> change) {
        for (int round = 0; round < ROUNDS; round++) {
            ConnectionRow row = current(tenant, name);
            Change next = change.apply(row);
            long at = news.before();
            if (store.connections().update(next.row(), next.app(), seeds.of(row, next.row())) == Write.DONE) {
                news.changed(row, next.row(), by, at);
                return require(tenant, name);
            }
        }
        throw busy();
    }

    private static BullaException unknown() {
        return new BullaException(ErrorCode.CONNECTION_UNKNOWN, "no connection of this name");
    }

    private static BullaException busy() {
        return new BullaException(ErrorCode.STORE_UNAVAILABLE, "the connection is being changed by many at once");
    }

    private ConnectionRow withCompleteness(ConnectionRow row, @Nullable AppRow app, Map<String, Secret> secrets) {
        return row.withComplete(
                views.missing(row, app, List.copyOf(secrets.keySet())).isEmpty());
    }

    public Connection view(ConnectionRow row) {
        return views.view(row);
    }
}
