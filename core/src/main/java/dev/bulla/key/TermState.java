package dev.bulla.key;

/** What a host term is used for. */
public enum TermState {
    /** Opens and never seals: on its way to every node. */
    STAGED,
    /** Opens, and seals everything new. A ring has exactly one. */
    ACTIVE,
    /** Opens and never seals again: until nothing in the database is locked by it. */
    OLD
}
