/** Services that keep to the specifications. */
module dev.bulla.providers.standard {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;

    exports dev.bulla.providers.standard;
}
