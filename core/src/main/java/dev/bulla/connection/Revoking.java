package dev.bulla.connection;

import dev.bulla.error.BullaException;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.provider.App;
import dev.bulla.provider.Mode;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.TokenRevoker;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.store.StoreException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends tokens at the service, as far as the service and shared grants allow. Thread-safe. */
public final class Revoking {
    private static final Logger LOG = LoggerFactory.getLogger(Revoking.class);

    private final Store store;
    private final Registrations registrations;
    private final ProviderHttp http;
    private final Clock clock;

    public Revoking(Store store, Registrations registrations, ProviderHttp http, Clock clock) {
        this.store = store;
        this.registrations = registrations;
        this.http = http;
        this.clock = clock;
    }

    /**
     * Revokes tokens that nobody here will use any more.
     *
     * @param anchor what the tokens are bound to; they are not sent where the connection no longer points there
     * @param accountId the account that gives them up; another live account of the same app and subject may share the grant
     */
    public Revocation revoke(
            ConnectionRow connection,
            String appId,
            String anchor,
            Tokens tokens,
            @Nullable String subject,
            String accountId) {
        return end(
                connection,
                anchor,
                tokens,
                () -> shared(connection, appId, subject, accountId),
                () -> registrations.app(connection, appId));
    }

    /**
     * Revokes tokens that have just arrived and are not kept. Needs the store only where one revocation would end a whole grant.
     *
     * @param app as it was opened to fetch them
     * @param subject null where it did not become known whose they are
     */
    public Revocation discard(
            ConnectionRow connection, String appId, App app, String anchor, Tokens tokens, @Nullable String subject) {
        try {
            return end(
                    connection, anchor, tokens, () -> shared(connection, appId, subject, ""), () -> Optional.of(app));
        } catch (StoreException e) {
            LOG.warn("tokens of connection {} are not kept and not revoked: {}", connection.id(), e.kind());
            return Revocation.FAILED;
        }
    }

    private Revocation end(
            ConnectionRow connection,
            String anchor,
            Tokens tokens,
            BooleanSupplier shared,
            Supplier<Optional<App>> registration) {
        try {
            Optional<TokenRevoker> revoker = registrations.provider(connection).revoker();
            if (revoker.isEmpty()) {
                return Revocation.NOT_OFFERED;
            }
            if (!registrations.accepts(connection, anchor)) {
                return Revocation.FAILED;
            }
            if (revoker.get().reach() == TokenRevoker.Reach.GRANT && shared.getAsBoolean()) {
                return Revocation.SHARED;
            }
            Optional<App> app = registration.get();
            if (app.isEmpty()) {
                return Revocation.FAILED;
            }
            return revoke(revoker.get(), tokens, new ProviderCall(http, clock, app.get()), connection);
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

    /** Whether a live account may hang on the same grant. With an unknown subject that is any account of the app. */
    private boolean shared(ConnectionRow connection, String appId, @Nullable String subject, String accountId) {
        if (subject != null) {
            return store.accounts().sharing(connection.tenant(), appId, subject).stream()
                    .anyMatch(other -> !other.id().equals(accountId) && isAlive(other));
        }
        return Mode.valueOf(connection.mode()) == Mode.MANAGED_APP
                || store.accounts().ofConnection(connection.tenant(), connection.id()).stream()
                        .anyMatch(other -> isAlive(other) && other.appId().equals(appId));
    }

    private static boolean isAlive(AccountRow account) {
        return account.status().equals(AccountStatus.ACTIVE.name())
                || account.status().equals(AccountStatus.PENDING.name());
    }
}
