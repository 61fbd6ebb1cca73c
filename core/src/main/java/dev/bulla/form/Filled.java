package dev.bulla.form;

import dev.bulla.model.ConnectedAccount;
import java.util.List;

/**
 * What became of a member's filled-in form.
 *
 * @param account as it is now
 * @param changed names of fields that have another value than before
 * @param ignored names that were sent and changed nothing: unknown, filled in by the connecting, or fixed while it is connected
 * @param refused names whose values are not of the form that they must have; they keep their former value
 */
public record Filled(ConnectedAccount account, List<String> changed, List<String> ignored, List<String> refused) {}
