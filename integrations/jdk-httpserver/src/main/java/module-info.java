/** Bulla behind the HTTP server of the JDK. */
module dev.bulla.integrations.jdkhttpserver {
    requires transitive dev.bulla.core;
    requires transitive jdk.httpserver;
    requires static transitive org.jspecify;

    exports dev.bulla.integrations.jdkhttpserver;
}
