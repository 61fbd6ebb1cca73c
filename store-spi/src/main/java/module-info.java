/** The contract between Bulla and the place where its rows are kept. */
module dev.bulla.store {
    requires static transitive org.jspecify;

    exports dev.bulla.store;
}
