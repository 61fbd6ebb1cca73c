package dev.bulla.connection;

import dev.bulla.error.BullaException;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.Disconnected.Revocation;
import dev.bulla.provider.App;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.TokenRevoker;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import java.time.Clock;
import java.util.Optional;
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
        Optional<TokenRevoker> revoker = registrations.provider(connection).revoker();
        if (revoker.isEmpty()) {
            return Revocation.NOT_OFFERED;
        }
        if (!registrations.accepts(connection, anchor)) {
            return Revocation.FAILED;
        }
        try {
            if (revoker.get().reach() == TokenRevoker.Reach.GRANT
                    && subject != null
                    && shared(connection.tenant(), appId, subject, accountId)) {
                return Revocation.SHARED;
            }
            Optional<App> app = registrations.app(connection, appId);
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

    private boolean shared(String tenant, String appId, String subject, String accountId) {
        return store.accounts().sharing(tenant, appId, subject).stream()
                .anyMatch(other -> !other.id().equals(accountId) && isAlive(other));
    }

    private static boolean isAlive(AccountRow account) {
        return account.status().equals(AccountStatus.ACTIVE.name())
                || account.status().equals(AccountStatus.PENDING.name());
    }
}
