package dev.bulla.hook;

import dev.bulla.connection.ConnectionKeeper;
import dev.bulla.connection.Ids;
import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.provider.Secret;
import dev.bulla.provider.WebhookScheme;
import dev.bulla.provider.WebhookScheme.ChallengeKind;
import dev.bulla.provider.WebhookScheme.Source;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.WebhookRow;
import dev.bulla.store.Write;
import dev.bulla.vault.Vault;
import dev.bulla.webhook.WebhookView;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The owner's verbs on the webhooks of a connection. Thread-safe; every write is one compare-and-set, repeated on a fresh read when it loses. */
public final class WebhookKeeper {
    private static final int ROUNDS = 50;
    private static final int LONGEST = 1024;
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Store store;
    private final Vault vault;
    private final ConnectionKeeper connections;
    private final Registrations registrations;
    private final Secrets secrets;
    private final URI base;
    private final Tally tally;

    public WebhookKeeper(
            Store store,
            Vault vault,
            ConnectionKeeper connections,
            Registrations registrations,
            URI base,
            Tally tally) {
        this.store = store;
        this.vault = vault;
        this.connections = connections;
        this.registrations = registrations;
        this.secrets = new Secrets(store, registrations);
        this.base = base;
        this.tally = tally;
    }

    /** @throws BullaException {@code CONNECTION_UNKNOWN}; {@code INVALID_ARGUMENT} where the service's webhooks are not described */
    public WebhookScheme scheme(String tenant, String name) {
        return scheme(connections.require(tenant, name));
    }

    private WebhookScheme scheme(ConnectionRow connection) {
        return registrations
                .provider(connection)
                .webhooks()
                .orElseThrow(() -> refused("the provider sends no webhooks"));
    }

    private static BullaException refused(String message) {
        return new BullaException(ErrorCode.INVALID_ARGUMENT, message);
    }

    public ConnectionRow connection(String tenant, String name) {
        return connections.require(tenant, name);
    }

    public WebhookView view(String tenant, String name) {
        ConnectionRow connection = connections.require(tenant, name);
        WebhookScheme scheme = scheme(connection);
        tally.flush();
        return store.webhooks()
                .find(tenant, connection.id())
                .map(row -> view(connection, scheme, row))
                .orElse(new WebhookView(
                        Optional.empty(), false, false, false, false, 0, 0, Optional.empty(), Optional.empty()));
    }

    private WebhookView view(ConnectionRow connection, WebhookScheme scheme, WebhookRow row) {
        Kept kept = Kept.open(vault, row);
        boolean elsewhere = secrets.elsewhere(connection, scheme).findAny().isPresent();
        return new WebhookView(
                Optional.of(Receiver.address(base, row.id())),
                elsewhere || !kept.secrets().isEmpty(),
                kept.secrets().size() > 1,
                kept.awaitedUntil() > store.now(),
                !kept.registered().isEmpty(),
                row.accepted(),
                row.refused(),
                Optional.ofNullable(row.acceptedAt()).map(Instant::ofEpochMilli),
                Optional.ofNullable(row.refusedAt()).map(Instant::ofEpochMilli));
    }

    /** The row; made where there is none. */
    public WebhookRow open(String tenant, String name) {
        ConnectionRow connection = connections.require(tenant, name);
        scheme(connection);
        for (int round = 0; round < ROUNDS; round++) {
            Optional<WebhookRow> there = store.webhooks().find(tenant, connection.id());
            if (there.isPresent()) {
                return there.get();
            }
            insert(connection);
        }
        throw contended();
    }

    /** Makes an address where there is none; false where there is one. */
    public boolean make(String tenant, String name) {
        ConnectionRow connection = connections.require(tenant, name);
        scheme(connection);
        return find(connection).isEmpty() && insert(connection);
    }

    private boolean insert(ConnectionRow connection) {
        connections.requireId(connection.tenant(), connection.id());
        WebhookRow row = new WebhookRow(
                Ids.id() + Ids.id(), connection.tenant(), connection.id(), null, 0, 0, 0, null, null, 0, Ids.id(), 0);
        return store.webhooks().insert(row) == Write.DONE;
    }

    private Optional<WebhookRow> find(ConnectionRow connection) {
        return store.webhooks().find(connection.tenant(), connection.id());
    }

    private static BullaException contended() {
        return new BullaException(ErrorCode.STORE_UNAVAILABLE, "the row of the webhooks is contended");
    }

    public URI address(WebhookRow row) {
        return Receiver.address(base, row.id());
    }

    /** With an address, which is made where there is none. */
    private void change(String tenant, String name, UnaryOperator<Kept> what) {
        for (int round = 0; round < ROUNDS; round++) {
            if (update(open(tenant, name), what)) {
                return;
            }
        }
        throw contended();
    }

    /** False where there is no address, or nothing changes. */
    private boolean changeIfThere(String tenant, String name, UnaryOperator<Kept> what) {
        ConnectionRow connection = connections.require(tenant, name);
        scheme(connection);
        for (int round = 0; round < ROUNDS; round++) {
            Optional<WebhookRow> row = find(connection);
            Kept before = row.map(there -> Kept.open(vault, there)).orElse(Kept.NOTHING);
            if (what.apply(before).equals(before)) {
                return false;
            }
            if (update(row.orElseThrow(), what)) {
                return true;
            }
        }
        throw contended();
    }

    private boolean update(WebhookRow row, UnaryOperator<Kept> what) {
        return store.webhooks().update(what.apply(Kept.open(vault, row)).in(row, vault)) == Write.DONE;
    }

    /** Saves the newest secret; the one before it stays good. */
    public void save(String tenant, String name, Secret secret) {
        String text = secret.reveal();
        if (!isSecret(scheme(tenant, name), text)) {
            throw new BullaException(
                    ErrorCode.INVALID_SETTING, "that is no secret of this service's webhooks: copy the whole of it");
        }
        change(tenant, name, kept -> kept.with(text));
    }

    /** Whether a text is a secret with which something can be verified. */
    public boolean isSecret(WebhookScheme scheme, String text) {
        return text.length() <= LONGEST && Macs.fits(scheme, text);
    }

    /** Makes one, for a service that is told its secret. */
    public Secret generate(String tenant, String name) {
        if (scheme(tenant, name).source() != Source.RECEIVER) {
            throw refused("this service makes its secrets itself");
        }
        Secret secret = Secret.of(Ids.secret());
        save(tenant, name, secret);
        return secret;
    }

    /** False where there is no former one. */
    public boolean dropFormer(String tenant, String name) {
        return changeIfThere(tenant, name, Kept::withoutFormer);
    }

    /** Makes the token with which a service asks before it sends. */
    public Secret generateToken(String tenant, String name) {
        require(tenant, name, ChallengeKind.QUERY);
        String token = Ids.secret();
        change(tenant, name, kept -> kept.withToken(token));
        return Secret.of(token);
    }

    private void require(String tenant, String name, ChallengeKind kind) {
        if (scheme(tenant, name).challenge().filter(one -> one.kind() == kind).isEmpty()) {
            throw refused("this service has no such step");
        }
    }

    /** Waits, for an hour, for the secret that the service sends. */
    public void await(String tenant, String name) {
        require(tenant, name, ChallengeKind.OFFER);
        long until = store.now() + PATIENCE.toMillis();
        change(tenant, name, kept -> kept.awaiting(until));
    }

    /** The secret that came, which is forgotten as something to show; it stays good. */
    public Optional<Secret> takeOffered(String tenant, String name) {
        AtomicReference<String> came = new AtomicReference<>("");
        boolean shown = changeIfThere(tenant, name, kept -> {
            came.set(kept.offered());
            return kept.shown();
        });
        return shown ? Optional.of(Secret.of(Objects.requireNonNull(came.get()))) : Optional.empty();
    }

    /**
     * The newest secret, for a service that is told its secret; where there is none, one is made. It is saved before anybody is told it, and
     * no other one ends by that.
     */
    public Secret secretToTell(String tenant, String name) {
        String fresh = Ids.secret();
        AtomicReference<String> newest = new AtomicReference<>(fresh);
        change(tenant, name, kept -> {
            Kept with = kept.secrets().isEmpty() ? kept.with(fresh) : kept;
            newest.set(with.secrets().get(0));
            return with;
        });
        return Secret.of(Objects.requireNonNull(newest.get()));
    }

    private Kept kept(String tenant, String name) {
        return find(connections.require(tenant, name))
                .map(row -> Kept.open(vault, row))
                .orElse(Kept.NOTHING);
    }

    /** Whether a secret could be saved without ending one that is good. */
    public boolean hasRoom(String tenant, String name) {
        return kept(tenant, name).secrets().size() < 2;
    }

    /** What is registered at the service, in the words of {@link #registered}. */
    public List<Map<String, String>> registrations(String tenant, String name) {
        return kept(tenant, name).registered();
    }

    /**
     * Remembers a registration.
     *
     * @param one what the owner gave for it, and what the service calls it
     * @param secret that the service made for it; null for none
     */
    public void registered(String tenant, String name, Map<String, String> one, @Nullable Secret secret) {
        change(tenant, name, kept -> {
            Kept with = secret == null ? kept : kept.with(secret.reveal());
            return with.registered(one);
        });
    }

    public void ended(String tenant, String name, Map<String, String> one) {
        changeIfThere(tenant, name, kept -> kept.ended(one));
    }

    /** Ends the address, for good; false where there is none. */
    public boolean remove(String tenant, String name) {
        ConnectionRow connection = connections.require(tenant, name);
        for (int round = 0; round < ROUNDS; round++) {
            Optional<WebhookRow> row = store.webhooks().find(tenant, connection.id());
            if (row.isEmpty()) {
                return false;
            }
            if (store.webhooks().delete(tenant, connection.id(), row.get().rowVersion()) == Write.DONE) {
                return true;
            }
        }
        throw contended();
    }
}
