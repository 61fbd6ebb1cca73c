package dev.bulla.handshake;

import dev.bulla.connection.FieldHistory;
import dev.bulla.connection.Registrations;
import dev.bulla.form.FormView;
import dev.bulla.form.FormView.Change;
import dev.bulla.form.FormView.Kept;
import dev.bulla.provider.Field;
import dev.bulla.provider.KeyForm;
import dev.bulla.provider.Mode;
import dev.bulla.provider.Provider;
import dev.bulla.provider.Secret;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.vault.Opener;
import dev.bulla.vault.PlainJson;
import dev.bulla.vault.Vault;
import dev.bulla.vault.Views;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Shows members the forms of their accounts. Thread-safe. */
public final class FormSheet {
    private final Store store;
    private final Vault vault;
    private final Registrations registrations;

    public FormSheet(Store store, Vault vault, Registrations registrations) {
        this.store = store;
        this.vault = vault;
        this.registrations = registrations;
    }

    /** The member's form, with what is set; plain values as far as they can be opened. */
    public FormView view(ConnectionRow connection, String member, Opener opener) {
        Provider provider = registrations.provider(connection);
        Mode mode = Mode.valueOf(connection.mode());
        List<Kept> rows = new ArrayList<>();
        List<Change> history = new ArrayList<>();
        if (mode == Mode.FORM) {
            KeyForm form = provider.form().orElseThrow();
            for (AccountRow account : FormRows.accounts(store, connection, member)) {
                Map<String, String> attributes = PlainJson.readTexts(account.attributes());
                history.addAll(FieldHistory.read(attributes.getOrDefault(Views.HISTORY, ""), account.label()));
                if (FormRows.isLive(account)) {
                    rows.add(kept(form, account, attributes, opener));
                }
            }
            history.sort(Comparator.comparing(Change::at).reversed());
        }
        return FormView.member(provider, mode, rows, history);
    }

    private Kept kept(KeyForm form, AccountRow account, Map<String, String> attributes, Opener opener) {
        Map<String, String> values = new HashMap<>();
        Set<String> set = new TreeSet<>(Views.words(attributes.getOrDefault(Views.FIELDS, "")));
        Map<String, Secret> open = opened(account, opener);
        if (set.isEmpty() && open.isEmpty()) { // stored before this was noted
            form.fields().stream().filter(form::needed).map(Field::name).forEach(set::add);
        }
        for (Field field : form.fields()) {
            String name = field.name();
            String filled = field.rule().byFlow() ? attributes.get(name) : null;
            if (filled != null) {
                values.put(name, filled);
                set.add(name);
            }
            Secret value = open.get(name);
            if (value != null) {
                set.add(name);
                if (!field.secret()) {
                    values.put(name, value.reveal());
                }
            }
        }
        return new Kept(account.label(), values, set, true, account.keyNo() != 0);
    }

    /** Nothing where the key is needed and not there. */
    private Map<String, Secret> opened(AccountRow account, Opener opener) {
        return account.keyNo() != 0 && opener.keyNo() == 0
                ? Map.of()
                : vault.open(account, opener).form();
    }
}
