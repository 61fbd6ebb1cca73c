/** Meta's services as providers. */
module dev.bulla.providers.meta {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;

    exports dev.bulla.providers.meta;
}
