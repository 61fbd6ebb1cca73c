package dev.bulla.handshake;

import dev.bulla.connection.Registrations;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.form.Filled;
import dev.bulla.form.FormMerge;
import dev.bulla.model.Reason;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.refresh.Standing;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Payload;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Fills in a member's form by parts: what is not sent keeps its value. The service is asked about every change. Thread-safe. */
public final class FormEdits {
    private final Store store;
    private final Vault vault;
    private final Registrations registrations;
    private final Forms forms;

    public FormEdits(Store store, Vault vault, Registrations registrations, Forms forms) {
        this.store = store;
        this.vault = vault;
        this.registrations = registrations;
        this.forms = forms;
    }

    /**
     * Connects by a form, or changes a part of one that is connected.
     *
     * @throws BullaException {@code KEY_REQUIRED} where the account is sealed to the member's key, {@code FORM_REFUSED} where something
     *     is missing or the service refuses the values, and as {@link Forms#submit}
     */
    public Filled fill(
            ConnectionRow connection, String member, String label, Map<String, String> typed, Opener opener) {
        Provider provider = forms.provider(connection, member);
        for (int round = 0; round < Forms.ROUNDS; round++) {
            Optional<AccountRow> found = store.accounts().find(connection.tenant(), member, connection.id(), label);
            Optional<AccountRow> live = found.filter(FormRows::isLive);
            FormMerge merge = FormMerge.of(
                    provider,
                    typed,
                    live.map(row -> former(connection, row, opener)).orElse(null));
            if (live.isPresent()) {
                refuseToBlank(provider, typed);
            }
            if (!merge.missing().isEmpty()) {
                TreeSet<String> names = new TreeSet<>(merge.missing());
                names.addAll(merge.refused());
                throw new BullaException(
                        ErrorCode.FORM_REFUSED,
                        "missing or not of the form that they must have: " + names,
                        ErrorCode.FORM_REFUSED.advice().about(List.copyOf(names)));
            }
            Optional<AccountRow> kept = live.isPresent() && merge.changed().isEmpty()
                    ? live
                    : forms.keep(
                            connection,
                            member,
                            label,
                            forms.verified(connection, provider, merge.values()),
                            merge.changed(),
                            found.orElse(null));
            if (kept.isPresent()) {
                return new Filled(
                        Views.account(kept.get(), connection), merge.changed(), merge.ignored(), merge.refused());
            }
        }
        throw Forms.busy();
    }

    /** Secrets that were saved for another address than the connection's present one are not sent there. */
    private Map<String, Secret> former(ConnectionRow connection, AccountRow row, Opener opener) {
        Payload payload = vault.open(row, opener);
        if (!registrations.accepts(connection, payload.anchor())) {
            throw Standing.reconnect(Reason.ENDPOINT_CHANGED.code());
        }
        return payload.form();
    }

    private static void refuseToBlank(Provider provider, Map<String, String> typed) {
        String secret = provider.form().orElseThrow().secretField();
        if (typed.containsKey(secret) && typed.values().stream().allMatch(String::isBlank)) {
            throw new BullaException(ErrorCode.FORM_REFUSED, "nothing is filled in; to end the account, disconnect it");
        }
    }
}
