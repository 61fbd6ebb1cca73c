/** Calls of an OkHttp client as a member. */
module dev.bulla.integrations.okhttp {
    requires transitive dev.bulla.core;
    requires transitive okhttp3;
    requires okio;
    requires static transitive org.jspecify;

    exports dev.bulla.integrations.okhttp;
}
