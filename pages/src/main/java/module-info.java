/** Pages for owners and members. */
module dev.bulla.pages {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;

    exports dev.bulla.pages;
}
