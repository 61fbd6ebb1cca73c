/** Atlassian as a provider. */
module dev.bulla.providers.atlassian {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;

    exports dev.bulla.providers.atlassian;
}
