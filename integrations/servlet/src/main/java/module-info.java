/** Bulla as a servlet. */
module dev.bulla.integrations.servlet {
    requires transitive dev.bulla.core;
    requires transitive jakarta.servlet;
    requires static transitive org.jspecify;

    exports dev.bulla.integrations.servlet;
}
