package dev.bulla.model;

import java.util.List;

/**
 * A part of what changed.
 *
 * @param all accounts that changed, by time of change
 * @param cursor where to go on: to be kept by whoever has dealt with {@code all}. Opaque, printable, below 200 characters
 * @param complete whether there was nothing more to tell
 */
public record AccountChanges(List<AccountChange> all, String cursor, boolean complete) {
    public AccountChanges {
        all = List.copyOf(all);
    }
}
