package dev.bulla.store;

/** What became of a conditional write. Losing a race is an answer, not an exception. */
public enum Write {
    /** The write is committed, by this call or by an earlier one with the same attempt id. */
    DONE,
    /** The row is not what the caller had read, is gone, or (for an insert) is there already. Nothing was changed. */
    MOVED,
    /** The member's key number is not the expected one. Nothing was changed: read the key again and seal again. */
    KEY_MOVED
}
