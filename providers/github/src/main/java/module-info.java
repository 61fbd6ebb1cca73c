/** GitHub as a provider. */
module dev.bulla.providers.github {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;

    exports dev.bulla.providers.github;
}
