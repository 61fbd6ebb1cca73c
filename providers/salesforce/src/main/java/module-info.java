/** Salesforce as a provider. */
module dev.bulla.providers.salesforce {
    requires transitive dev.bulla.core;
    requires static transitive org.jspecify;

    exports dev.bulla.providers.salesforce;
}
