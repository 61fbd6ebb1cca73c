/** Bulla's counters and timers in a Micrometer registry. */
module dev.bulla.integrations.micrometer {
    requires transitive dev.bulla.core;
    requires transitive micrometer.core;
    requires static transitive org.jspecify;

    exports dev.bulla.integrations.micrometer;
}
