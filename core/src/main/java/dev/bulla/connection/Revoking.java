package dev.bulla.connection;

import dev.bulla.error.BullaException;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.provider.App;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.TokenRevoker;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import dev.bulla.vault.Payload;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends tokens at the service, as far as the service and shared grants allow. Thread-safe. */
public final class Revoking {
    private static final Logger LOG = LoggerFactory.getLogger(Revoking.class);

    private final SharedGrants shared;
    private final Registrations registrations;
    private final ProviderHttp http;
    private final Clock clock;

    public Revoking(Store store, Registrations registrations, ProviderHttp http, Clock clock) {
        this.shared = new SharedGrants(store, registrations);
        this.registrations = registrations;
        this.http = http;
        this.clock = clock;
    }

    /**
     * Who gives tokens up.
     *
     * @param member whose they are
     * @param appId the app registration that issued them
     * @param subject null where it did not become known whose they are at the service
     * @param accountId the account that held them; empty where none did
     */
    public record Holder(
            String member, String appId, @Nullable String subject, String accountId) {}

    /**
     * Revokes tokens that nobody here will use any more.
     *
     * @param account the account that gives them up, as it was
     * @param payload the tokens; they are not sent where the connection no longer points to what they are bound to
     */
    public Revocation revoke(ConnectionRow connection, AccountRow account, Payload payload) {
        return end(
                connection,
                new Holder(account.member(), account.appId(), account.subject(), account.id()),
                payload,
                () -> registrations.app(connection, account.appId()));
    }

    /**
     * Revokes tokens that have just arrived and are not kept. Needs the store only where one revocation would end a whole grant.
     *
     * @param app as it was opened to fetch them
     */
    public Revocation discard(ConnectionRow connection, Holder holder, App app, Payload payload) {
        try {
            return end(connection, holder, payload, () -> Optional.of(app));
        } catch (StoreException e) {
            LOG.warn("tokens of connection {} are not kept and not revoked: {}", connection.id(), e.kind());
            return Revocation.FAILED;
        }
    }

    private Revocation end(
            ConnectionRow connection, Holder holder, Payload payload, Supplier<Optional<App>> registration) {
        try {
            Optional<TokenRevoker> revoker = registrations.find(connection).flatMap(Provider::revoker);
            if (revoker.isEmpty()) {
                return Revocation.NOT_OFFERED;
            }
            if (!registrations.accepts(connection, payload.anchor())) {
                return Revocation.FAILED;
            }
            Optional<App> app = registration.get();
            if (app.isEmpty()) {
                return Revocation.FAILED;
            }
            if (!revoker.get().isOffered(app.get().instance())) {
                return Revocation.NOT_OFFERED;
            }
            if (revoker.get().reach() == TokenRevoker.Reach.GRANT
                    && shared.hasAnother(connection, app.get().clientId(), holder)) {
                return Revocation.SHARED;
            }
            return revoke(
                    revoker.get(), payload.tokens().granted(), new ProviderCall(http, clock, app.get()), connection);
        } catch (BullaException e) {
            LOG.info("revocation for connection {} failed: {}", connection.id(), e.code());
            return Revocation.FAILED;
        }
    }

    /** Whatever a provider's code throws, the local end goes on. */
    private static Revocation revoke(TokenRevoker revoker, Tokens tokens, ProviderCall call, ConnectionRow connection) {
        try {
            revoker.revoke(tokens, call);
            return Revocation.REVOKED;
        } catch (RuntimeException e) {
            LOG.info(
                    "revocation for connection {} failed: {}",
                    connection.id(),
                    e instanceof BullaException known
                            ? known.code()
                            : e.getClass().getName());
            return Revocation.FAILED;
        }
    }
}
