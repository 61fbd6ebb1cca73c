package dev.bulla.testkit.store;

/** A chapter of the contract: tests that work on a {@link Bench}. */
interface OnBench {
    /** The store under test, with rows to put into it. */
    Bench bench();
}
