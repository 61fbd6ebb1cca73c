/** Slack as a provider. */
module dev.bulla.providers.slack {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;

    exports dev.bulla.providers.slack;
}
