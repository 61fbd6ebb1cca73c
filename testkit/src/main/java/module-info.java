/** Fakes and contract tests for hosts, store authors and provider authors. */
module dev.bulla.testkit {
    requires transitive dev.bulla.core;
    requires transitive dev.bulla.store;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires static org.assertj.core;
    requires static mockwebserver3;
    requires static okhttp3;
    requires static okio;
    requires com.nimbusds.jose.jwt;
    requires java.net.http;
    requires jdk.httpserver;
    requires org.slf4j;

    exports dev.bulla.testkit;
    exports dev.bulla.testkit.provider;
    exports dev.bulla.testkit.server;
    exports dev.bulla.testkit.service;
    exports dev.bulla.testkit.store;
    exports dev.bulla.testkit.web;
}
