package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.form.Filled;
import dev.bulla.form.FilledRows;
import dev.bulla.form.FormView;
import dev.bulla.store.ConnectionRow;
import dev.bulla.vault.Opener;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The forms of a member's accounts, where members connect by a form. What is not sent keeps its value, and so does a secret whose box is
 * empty; the service is asked about every change, and what it refuses changes nothing. Accounts that are sealed to the member's key are
 * changed in a session with the key only. Thread-safe.
 */
public final class MemberForms {
    private final Wiring wiring;
    private final String tenant;
    private final String member;
    private final Supplier<Opener> opener;

    MemberForms(Wiring wiring, String tenant, String member, Supplier<Opener> opener) {
        this.wiring = wiring;
        this.tenant = tenant;
        this.member = member;
        this.opener = opener;
    }

    /**
     * The form, a row for each account of the member, with what is set: without the key of accounts that are sealed to it, only which
     * fields are.
     */
    public FormView view(String connection) {
        Opener open = opener.get();
        return Guarded.call(
                () -> wiring.formSheet().view(wiring.connections().current(tenant, connection), member, open));
    }

    /**
     * Connects by the form, or changes a part of what is connected. Values that change nothing are not asked about again, as {@link
     * Member#submit} would.
     *
     * @throws BullaException {@code KEY_REQUIRED} where the account is sealed to the member's key, {@code FORM_REFUSED} where something is
     *     missing, everything is blanked or the service refuses the values; nothing changes then
     */
    public Filled fill(String connection, Map<String, String> values) {
        return fill(connection, "", values);
    }

    /** The same for one of several accounts on a connection. */
    public Filled fill(String connection, String label, Map<String, String> values) {
        String checked = Names.label(label, "label");
        return call(connection, (row, open) -> wiring.formEdits().fill(row, member, checked, values, open));
    }

    /**
     * Fills in the forms of all accounts of the member on a connection, by position: the first row is the oldest account. More rows than
     * accounts connect new ones, under numbers as labels; fewer disconnect the rest. Rows that are refused keep no other from being stored,
     * but then none is disconnected.
     *
     * @throws BullaException {@code KEY_REQUIRED} where one of the accounts is sealed to the member's key, {@code FORM_REFUSED} for no rows
     *     at all, or more than 100; nothing changes then
     */
    public FilledRows fillByPosition(String connection, List<Map<String, String>> rows) {
        return call(connection, (row, open) -> wiring.formRows().byPosition(row, member, rows, open));
    }

    /** The same by label, in the order of the map: accounts of other labels stay as they are. */
    public FilledRows fillByLabel(String connection, Map<String, Map<String, String>> rows) {
        rows.keySet().forEach(label -> Names.label(label, "label"));
        return call(connection, (row, open) -> wiring.formRows().byLabel(row, member, rows, open));
    }

    private <T> T call(String connection, BiFunction<ConnectionRow, Opener, T> work) {
        Opener open = opener.get();
        return Detached.call(wiring, () -> work.apply(wiring.connections().require(tenant, connection), open));
    }
}
