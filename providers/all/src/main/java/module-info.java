/** Every provider. */
module dev.bulla.providers.all {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;
    requires com.squareup.moshi;
    requires dev.bulla.providers.github;
    requires dev.bulla.providers.google;
    requires dev.bulla.providers.meta;
    requires dev.bulla.providers.microsoft;
    requires dev.bulla.providers.salesforce;
    requires dev.bulla.providers.shopify;
    requires dev.bulla.providers.atlassian;
    requires dev.bulla.providers.slack;
    requires dev.bulla.providers.standard;
    requires okio;

    exports dev.bulla.providers.all;
}
