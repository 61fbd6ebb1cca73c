package dev.bulla.handshake;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.form.Filled;
import dev.bulla.form.FilledRows;
import dev.bulla.form.FilledRows.Problem;
import dev.bulla.model.AccountStatus;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.model.Reason;
import dev.bulla.store.AccountRow;
import dev.bulla.store.ConnectionRow;
import dev.bulla.store.Store;
import dev.bulla.vault.Opener;
import dev.bulla.vault.Views;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The forms of all of a member's accounts on one connection. A row is an account; its position is the order in which the accounts came to
 * be. Rows are filled in one after the other, each for itself. Thread-safe.
 */
public final class FormRows {
    private static final Set<ErrorCode> OF_ONE_ROW = Set.of(
            ErrorCode.FORM_REFUSED,
            ErrorCode.PROVIDER_UNAVAILABLE,
            ErrorCode.OUTCOME_UNKNOWN,
            ErrorCode.ANSWER_REFUSED,
            ErrorCode.RECONNECT_REQUIRED);

    private static final int MOST_ROWS = 100;

    /** What came to be at one moment stands in the order of its labels, where 2 comes before 10. */
    private static final Comparator<AccountRow> POSITION = Comparator.comparingLong(AccountRow::createdAt)
            .thenComparing(account -> account.label().length())
            .thenComparing(AccountRow::label);

    private final Store store;
    private final Forms forms;
    private final FormEdits edits;
    private final Parting parting;

    public FormRows(Store store, Forms forms, FormEdits edits, Parting parting) {
        this.store = store;
        this.forms = forms;
        this.edits = edits;
        this.parting = parting;
    }

    /**
     * Fills in all accounts of the member on the connection, by position: more rows than accounts make new ones, fewer end the rest,
     * unless a row was refused.
     *
     * @throws BullaException {@code KEY_REQUIRED} before anything is changed, {@code FORM_REFUSED} for no rows at all, or too many
     */
    public FilledRows byPosition(
            ConnectionRow connection, String member, List<Map<String, String>> rows, Opener opener) {
        forms.provider(connection, member);
        if (rows.isEmpty()) {
            throw new BullaException(ErrorCode.FORM_REFUSED, "there are no rows; to end all accounts, disconnect them");
        }
        refuseTooMany(rows.size());
        List<AccountRow> live = accounts(store, connection, member).stream()
                .filter(FormRows::isLive)
                .toList();
        refuseWithoutKey(live, opener);
        List<Filled> filled = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            String label = row < live.size() ? live.get(row).label() : newLabel(accounts(store, connection, member));
            try {
                filled.add(edits.fill(connection, member, label, rows.get(row), opener));
            } catch (BullaException e) {
                problems.add(problem(row, label, e));
            }
        }
        List<ConnectedAccount> ended = new ArrayList<>();
        int kept = problems.isEmpty() ? Math.min(rows.size(), live.size()) : live.size();
        for (AccountRow account : live.subList(kept, live.size())) {
            parting.end(connection, account.id(), opener, Reason.DISCONNECTED_BY_MEMBER)
                    .flatMap(what -> store.accounts().find(account.tenant(), account.id()))
                    .ifPresent(row -> ended.add(Views.account(row, connection)));
        }
        return new FilledRows(filled, problems, ended);
    }

    /**
     * Fills in accounts by their labels; others stay as they are.
     *
     * @throws BullaException {@code KEY_REQUIRED} before anything is changed
     */
    public FilledRows byLabel(
            ConnectionRow connection, String member, Map<String, Map<String, String>> rows, Opener opener) {
        forms.provider(connection, member);
        refuseTooMany(rows.size());
        refuseWithoutKey(
                accounts(store, connection, member).stream()
                        .filter(account -> isLive(account) && rows.containsKey(account.label()))
                        .toList(),
                opener);
        List<Filled> filled = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        int row = 0;
        for (Map.Entry<String, Map<String, String>> entry : rows.entrySet()) {
            try {
                filled.add(edits.fill(connection, member, entry.getKey(), entry.getValue(), opener));
            } catch (BullaException e) {
                problems.add(problem(row, entry.getKey(), e));
            }
            row++;
        }
        return new FilledRows(filled, problems, List.of());
    }

    private static Problem problem(int row, String label, BullaException e) {
        if (!OF_ONE_ROW.contains(e.code())) {
            throw e;
        }
        return new Problem(row, label, e.code(), String.valueOf(e.getMessage()));
    }

    private static void refuseTooMany(int rows) {
        if (rows > MOST_ROWS) {
            throw new BullaException(ErrorCode.FORM_REFUSED, "a form has at most " + MOST_ROWS + " rows");
        }
    }

    private static void refuseWithoutKey(List<AccountRow> accounts, Opener opener) {
        if (opener.keyNo() == 0 && accounts.stream().anyMatch(account -> account.keyNo() != 0)) {
            throw new BullaException(ErrorCode.KEY_REQUIRED, "an account is sealed to the member's key");
        }
    }

    /**
     * A label behind all that are connected: the account of a former row where its turn is next, else a number that none has had.
     *
     * @param accounts by position
     */
    private static String newLabel(List<AccountRow> accounts) {
        int behind = accounts.size();
        while (behind > 0 && !isLive(accounts.get(behind - 1))) {
            behind--;
        }
        for (AccountRow account : accounts.subList(behind, accounts.size())) {
            if (account.label().matches("[0-9]{0,9}")) {
                return account.label();
            }
        }
        if (accounts.isEmpty()) {
            return "";
        }
        int number = 2;
        while (isThere(accounts, String.valueOf(number))) {
            number++;
        }
        return String.valueOf(number);
    }

    private static boolean isThere(List<AccountRow> accounts, String label) {
        return accounts.stream().anyMatch(account -> account.label().equals(label));
    }

    /** All that there ever were, by position. */
    static List<AccountRow> accounts(Store store, ConnectionRow connection, String member) {
        return store.accounts().ofMember(connection.tenant(), member).stream()
                .filter(account -> account.connectionId().equals(connection.id()))
                .sorted(POSITION)
                .toList();
    }

    static boolean isLive(AccountRow account) {
        return account.sealed() != null && !account.status().equals(AccountStatus.DISCONNECTED.name());
    }
}
