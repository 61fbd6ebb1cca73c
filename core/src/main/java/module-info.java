/** Connected accounts: the front door, the contracts for providers, and the errors. */
module dev.bulla.core {
    requires transitive dev.bulla.store;
    requires static transitive org.jspecify;
    requires com.nimbusds.jose.jwt;
    requires com.squareup.moshi;
    requires okhttp3;
    requires okio;
    requires org.bouncycastle.provider;
    requires org.slf4j;

    exports dev.bulla;
    exports dev.bulla.audit;
    exports dev.bulla.error;
    exports dev.bulla.event;
    exports dev.bulla.form;
    exports dev.bulla.http;
    exports dev.bulla.key;
    exports dev.bulla.limit;
    exports dev.bulla.model;
    exports dev.bulla.oauth2;
    exports dev.bulla.policy;
    exports dev.bulla.provider;
    exports dev.bulla.testing to
            dev.bulla.testkit;
    exports dev.bulla.tool;
    exports dev.bulla.web;
    exports dev.bulla.webhook;
}
