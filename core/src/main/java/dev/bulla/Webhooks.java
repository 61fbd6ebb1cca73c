package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.hook.WebhookKeeper;
import dev.bulla.notice.Notices;
import dev.bulla.provider.Secret;
import dev.bulla.provider.WebhookRegistration;
import dev.bulla.store.ConnectionRow;
import dev.bulla.webhook.WebhookView;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The webhooks of one connection, for its owner. What is secret goes in; out comes only what was made here for the service, or what the
 * service wants to be told back, once. A view without state; thread-safe.
 *
 * <p>Every verb throws {@link BullaException} {@code CONNECTION_UNKNOWN}, and {@code INVALID_ARGUMENT} where the provider describes no
 * webhooks.
 */
public final class Webhooks {
    private final WebhookKeeper keeper;
    private final Notices notices;
    private final String tenant;
    private final String name;
    private final String by;

    Webhooks(Wiring wiring, String tenant, String name, String by) {
        this.keeper = wiring.webhooks();
        this.notices = wiring.notices();
        this.tenant = tenant;
        this.name = name;
        this.by = by;
    }

    /** The connection is read before the write, so that nothing can fail between write and news. */
    private void change(String what, Runnable write) {
        Guarded.run(() -> {
            ConnectionRow connection = keeper.connection(tenant, name);
            write.run();
            notices.webhookChanged(connection, what, by);
        });
    }

    private <T> T make(String what, Supplier<T> write) {
        return Guarded.call(() -> {
            ConnectionRow connection = keeper.connection(tenant, name);
            T made = write.get();
            notices.webhookChanged(connection, what, by);
            return made;
        });
    }

    /** For what may find nothing to do. */
    private boolean changeIf(String what, BooleanSupplier write) {
        return Guarded.call(() -> {
            ConnectionRow connection = keeper.connection(tenant, name);
            boolean done = write.getAsBoolean();
            if (done) {
                notices.webhookChanged(connection, what, by);
            }
            return done;
        });
    }

    /** How they are doing. */
    public WebhookView view() {
        return Guarded.call(() -> keeper.view(tenant, name));
    }

    /** The address to tell the service; the first call makes it, and it stays until {@link #remove}. */
    public URI open() {
        changeIf("opened", () -> keeper.make(tenant, name));
        return Guarded.call(() -> keeper.address(keeper.open(tenant, name)));
    }

    /**
     * Saves a secret that the service shows. The one before it stays good beside it until {@link #dropFormer}, or until another is saved:
     * two at most, so that nothing is missed while the service changes over.
     *
     * @throws BullaException {@code INVALID_SETTING} where it is none of this service's
     */
    public void save(Secret secret) {
        change("secret", () -> keeper.save(tenant, name, secret));
    }

    /**
     * Makes a secret for a service that is told its secret, and saves it as {@link #save} does.
     *
     * @return to be told to the service; it can not be had again
     * @throws BullaException {@code INVALID_ARGUMENT} where the service makes its secrets itself
     */
    public Secret generate() {
        return make("secret", () -> keeper.generate(tenant, name));
    }

    /** Ends a change of secrets: the former one is good no more. */
    public void dropFormer() {
        changeIf("former_secret", () -> keeper.dropFormer(tenant, name));
    }

    /**
     * Makes the token by which a service asks for the address before it sends anything there. Until this is called, such questions are
     * refused.
     *
     * @return to be told to the service; it can not be had again
     */
    public Secret generateToken() {
        return make("token", () -> keeper.generateToken(tenant, name));
    }

    /**
     * Waits, for an hour, for the secret that a service sends to the address, with nothing that proves who sent it. Whoever knows the
     * address could send one first, so compare what {@link #takeOffered} shows with nothing but the service's own page.
     */
    public void await() {
        change("awaited", () -> keeper.await(tenant, name));
    }

    /** The secret that came, for the page of the service that asks for it. It is shown once, and stays good. */
    public Optional<Secret> takeOffered() {
        return Guarded.call(() -> {
            ConnectionRow connection = keeper.connection(tenant, name);
            Optional<Secret> shown = keeper.takeOffered(tenant, name);
            shown.ifPresent(secret -> notices.webhookChanged(connection, "shown", by));
            return shown;
        });
    }

    /** Ends the address, for good; at the service nothing changes. False where there was none. */
    public boolean remove() {
        return changeIf("removed", () -> keeper.remove(tenant, name));
    }

    /**
     * Registers the address at the service, as the member of this session. Policies judge it as a change, of what it touches there, whatever
     * they say of other calls to the same address; it is limited and written down as {@link Session#call} is. A service that is told its
     * secret is told the newest one, or one that is made now: after {@link #generate} it is registered again to change over. Former
     * registrations are not ended.
     *
     * <p>Where no answer came, the service may have registered it: what it sends is taken, and its pages can end it.
     *
     * @param label which of the member's accounts; mostly the empty one
     * @param values what {@link WebhookRegistration#values} names
     * @param events the service's words for what to send; empty: what its provider asks for
     * @throws BullaException {@code INVALID_ARGUMENT} where the service's API can not do it, a value is missing, its secret would be a
     *     third, or there are a hundred registrations; {@code ANSWER_REFUSED} where the service would not; and as {@link Session#call}
     */
    public void register(Session session, String label, Map<String, String> values, List<String> events) {
        change("registered", () -> registrar(session, label).register(values, events));
    }

    /**
     * Ends all that {@link #register} registered; what the service does not know any more is ended too.
     *
     * @throws BullaException {@code INVALID_ARGUMENT} where nothing is registered; and as {@link #register}
     */
    public void unregister(Session session, String label) {
        change("unregistered", () -> registrar(session, label).unregister());
    }

    private WebhookRegistrar registrar(Session session, String label) {
        return new WebhookRegistrar(keeper, tenant, name, request -> session.registering(name, label, request));
    }
}
