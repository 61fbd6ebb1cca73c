package dev.bulla.form;

import dev.bulla.error.ErrorCode;
import dev.bulla.model.ConnectedAccount;
import java.util.List;

/**
 * What became of the filled-in forms of several accounts: bad ones keep no good one from being stored.
 *
 * @param rows those that were stored
 * @param problems those that were not
 * @param ended accounts that were disconnected, because there were fewer rows than accounts
 */
public record FilledRows(List<Filled> rows, List<Problem> problems, List<ConnectedAccount> ended) {
    /**
     * A row that was not stored; a former account stays as it was.
     *
     * @param row its position, from 0
     * @param label of the account
     * @param message says which fields, never a value
     */
    public record Problem(int row, String label, ErrorCode code, String message) {}
}
