/** Shopify as a provider. */
module dev.bulla.providers.shopify {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;

    exports dev.bulla.providers.shopify;
}
