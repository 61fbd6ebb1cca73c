package dev.bulla.handshake;

import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.notice.Notices;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.Secret;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Payload;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Connects a member by a filled-in form: checks its shape, lets the service verify it, and keeps it like any credential. */
public final class Forms {
    private final Registrations registrations;
    private final Starting starting;
    private final Storing storing;
    private final ProviderHttp http;
    private final Clock clock;

    public Forms(
            Store store,
            Vault vault,
            KeyRows keys,
            Registrations registrations,
            Starting starting,
            Revoking revoking,
            Notices notices,
            ProviderHttp http,
            Clock clock) {
        this.registrations = registrations;
        this.starting = starting;
        this.storing = new Storing(store, vault, keys, registrations, revoking, notices);
        this.http = http;
        this.clock = clock;
    }

    /**
     * @throws BullaException {@code FORM_REFUSED} with the names of the fields, or where the service refuses the values; nothing is
     *     stored then and a former credential stays
     */
    public ConnectedAccount submit(ConnectionRow connection, String member, String label, Map<String, String> values) {
        starting.mayConnect(connection, member);
        if (Mode.valueOf(connection.mode()) != Mode.FORM) {
            throw new BullaException(ErrorCode.INVALID_SETTING, "the connection is not connected by a form");
        }
        Provider provider = registrations.provider(connection);
        KeyForm form = provider.form().orElseThrow();
        Map<String, Secret> checked = checked(provider, form, values);
        ProviderCall call = new ProviderCall(http, clock, registrations.withoutClient(connection), checked);
        KeyForm.Verification verification = asked(() -> form.verifier().verify(checked, call));
        Secret secret = Objects.requireNonNull(checked.get(form.secretField()));
        TokenSet typed = new TokenSet(secret, null, null, null, verification.scopes(), Map.of());
        TokenRefresher minter = form.minter();
        Tokens tokens = minter == null ? Tokens.of(typed) : asked(() -> minter.refresh(Tokens.of(typed), call));
        Arrival arrival = new Arrival(
                connection,
                member,
                label,
                "",
                null,
                new Payload(registrations.anchor(connection), tokens, checked),
                verification.identity(),
                List.of(),
                verification.scopes(),
                verification.verified());
        return Views.account(storing.keep(arrival, true).account(), connection);
    }

    private static Map<String, Secret> checked(Provider provider, KeyForm form, Map<String, String> values) {
        KeyForm.Filled filled = form.fill(values, provider);
        if (!filled.refused().isEmpty()) {
            throw new BullaException(
                    ErrorCode.FORM_REFUSED, "missing or not of the form that they must have: " + filled.refused());
        }
        return filled.kept();
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (ProviderException e) {
            if (e.kind() == ProviderException.Kind.TERMINAL) {
                throw new BullaException(ErrorCode.FORM_REFUSED, "the service refuses these values: " + e.error());
            }
            throw new BullaException(
                    ErrorCode.PROVIDER_UNAVAILABLE,
                    "the service could not say whether the values work; nothing was stored");
        } catch (BullaException e) {
            throw e;
        } catch (RuntimeException e) { // of a provider's own code; its text may hold values
            throw new BullaException(ErrorCode.ANSWER_REFUSED, "the service's answer was not understood");
        }
    }
}
