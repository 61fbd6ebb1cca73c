/** Google as a provider. */
module dev.bulla.providers.google {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;

    exports dev.bulla.providers.google;
}
