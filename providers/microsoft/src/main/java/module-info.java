/** Microsoft as a provider. */
module dev.bulla.providers.microsoft {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;

    exports dev.bulla.providers.microsoft;
}
