package dev.bulla.examples.twonodes;

import java.util.Map;

/**
 * What all nodes are given alike, by their environment.
 *
 * @param origin where browsers find the host: the proxy, never a node
 * @param jdbcUrl the one database
 * @param keys file of the host's keys, the same on every node
 * @param issuer the service that members connect to
 */
record Site(String origin, String jdbcUrl, String keys, String issuer) {
    static Site from(Map<String, String> environment) {
        return new Site(
                value(environment, "ORIGIN"),
                value(environment, "JDBC_URL"),
                value(environment, "HOST_KEYS"),
                value(environment, "ISSUER"));
    }

    private static String value(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }

    Map<String, String> environment() {
        return Map.of("ORIGIN", origin, "JDBC_URL", jdbcUrl, "HOST_KEYS", keys, "ISSUER", issuer);
    }
}
