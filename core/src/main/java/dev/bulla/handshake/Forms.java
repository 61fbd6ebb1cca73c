package dev.bulla.handshake;

import dev.bulla.connection.FieldHistory;
import dev.bulla.connection.Registrations;
import dev.bulla.connection.Revoking;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.error.Obstacle;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.notice.Notices;
import dev.bulla.provider.Identity;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.ProviderCall;
import dev.bulla.provider.ProviderException;
import dev.bulla.provider.ProviderHttp;
import dev.bulla.provider.Secret;
import dev.bulla.provider.Sight;
import dev.bulla.provider.Symptom;
import dev.bulla.provider.TokenRefresher;
import dev.bulla.provider.TokenSet;
import dev.bulla.provider.Tokens;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.vault.KeyRows;
import dev.bulla.vault.Payload;
import dev.bulla.vault.PlainJson;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connects a member by a filled-in form: checks its shape, lets the service verify it, and keeps it like any credential. */
public final class Forms {
    static final int ROUNDS = 10;

    private final Store store;
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
        this.store = store;
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
        Provider provider = provider(connection, member);
        Map<String, Secret> checked = checked(provider, provider.form().orElseThrow(), values);
        Verified verified = verified(connection, provider, checked);
        for (int round = 0; round < ROUNDS; round++) {
            AccountRow former = store.accounts()
                    .find(connection.tenant(), member, connection.id(), label)
                    .orElse(null);
            Optional<AccountRow> kept = keep(connection, member, label, verified, checked.keySet(), former);
            if (kept.isPresent()) {
                return Views.account(kept.get(), connection);
            }
        }
        throw busy();
    }

    /** The provider of a connection on which the member may fill in the form. */
    Provider provider(ConnectionRow connection, String member) {
        starting.mayConnect(connection, member);
        if (Mode.valueOf(connection.mode()) != Mode.FORM) {
            throw new BullaException(ErrorCode.INVALID_SETTING, "the connection is not connected by a form");
        }
        return registrations.provider(connection);
    }

    static BullaException busy() {
        return new BullaException(ErrorCode.STORE_UNAVAILABLE, "the account is being changed by many at once");
    }

    /** A filled-in form that the service takes, or does not refuse, and what it is worth. {@code toString} shows nothing. */
    record Verified(Payload payload, KeyForm.Verification verification) {
        @Override
        public String toString() {
            return "Verified[]";
        }
    }

    Verified verified(ConnectionRow connection, Provider provider, Map<String, Secret> checked) {
        KeyForm form = provider.form().orElseThrow();
        ProviderCall call = new ProviderCall(http, clock, registrations.withoutClient(connection), checked);
        KeyForm.Verification verification =
                asked(provider, () -> form.verifier().verify(checked, call));
        Secret secret = Objects.requireNonNull(checked.get(form.secretField()));
        TokenSet typed = new TokenSet(secret, null, null, null, verification.scopes(), Map.of());
        TokenRefresher minter = form.minter();
        Tokens tokens =
                minter == null ? Tokens.of(typed) : asked(provider, () -> minter.refresh(Tokens.of(typed), call));
        return new Verified(new Payload(registrations.anchor(connection), tokens, checked), verification);
    }

    /**
     * Stores it over what was read.
     *
     * @param changed names of fields, for the history
     * @return empty where there is something else by now
     */
    Optional<AccountRow> keep(
            ConnectionRow connection,
            String member,
            String label,
            Verified verified,
            Collection<String> changed,
            @Nullable AccountRow former) {
        KeyForm.Verification verification = verified.verification();
        Identity said = verification.identity();
        Map<String, String> attributes = new LinkedHashMap<>(said.attributes());
        attributes.put(Views.FIELDS, String.join(" ", verified.payload().form().keySet()));
        String history =
                former == null ? "" : PlainJson.readTexts(former.attributes()).getOrDefault(Views.HISTORY, "");
        attributes.put(Views.HISTORY, FieldHistory.with(history, clock.millis(), member, new TreeSet<>(changed)));
        Arrival arrival = new Arrival(
                connection,
                member,
                label,
                "",
                null,
                verified.payload(),
                new Identity(said.subject(), said.displayName(), attributes),
                List.of(),
                verification.scopes(),
                verification.verified());
        return storing.keepOver(arrival, former == null ? 0 : former.sealNo());
    }

    private static Map<String, Secret> checked(Provider provider, KeyForm form, Map<String, String> values) {
        KeyForm.Filled filled = form.fill(values, provider);
        if (!filled.refused().isEmpty()) {
            throw new BullaException(
                    ErrorCode.FORM_REFUSED,
                    "missing or not of the form that they must have: " + filled.refused(),
                    advice(provider, symptom -> symptom.isOfForm()).about(filled.refused()));
        }
        return filled.kept();
    }

    private static Obstacle advice(Provider provider, Predicate<Symptom> known) {
        return Symptom.of(provider).stream()
                .filter(known)
                .findFirst()
                .map(symptom -> symptom.obstacle(provider))
                .orElseGet(ErrorCode.FORM_REFUSED::advice);
    }

    private static <T> T asked(Provider provider, Supplier<T> question) {
        try {
            return question.get();
        } catch (ProviderException e) {
            if (e.kind() == ProviderException.Kind.TERMINAL) {
                throw new BullaException(
                        ErrorCode.FORM_REFUSED,
                        "the service refuses these values: " + e.error(),
                        advice(provider, symptom -> symptom.shows(Sight.Kind.REFUSED, e.error())));
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
