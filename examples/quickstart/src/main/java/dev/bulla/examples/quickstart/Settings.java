package dev.bulla.examples.quickstart;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What the environment may change.
 *
 * @param port {@code PORT}: where the pages are
 * @param servicePort {@code SERVICE_PORT}: where the demo provider is; the next port where nothing is said
 * @param data {@code BULLA_DATA}: directory of the database, the host keys and the demo provider's state
 * @param jdbcUrl {@code BULLA_JDBC_URL}: a PostgreSQL database in place of H2 in a file
 * @param jdbcUser {@code BULLA_JDBC_USER}
 * @param jdbcPassword {@code BULLA_JDBC_PASSWORD}
 * @param tokenLife {@code BULLA_TOKEN_SECONDS}: how long the demo provider's access tokens live
 */
record Settings(
        int port,
        int servicePort,
        Path data,
        String jdbcUrl,
        String jdbcUser,
        String jdbcPassword,
        Duration tokenLife) {

    static Settings from(Map<String, String> environment) {
        int port = Integer.parseInt(environment.getOrDefault("PORT", "8080"));
        Path data = Path.of(environment.getOrDefault("BULLA_DATA", "bulla-quickstart-data"))
                .toAbsolutePath();
        // Without DB_CLOSE_ON_EXIT=FALSE the database would close itself before Bulla has stored what is under way.
        String h2 = "jdbc:h2:file:" + data.resolve("bulla") + ";DB_CLOSE_ON_EXIT=FALSE";
        return new Settings(
                port,
                Integer.parseInt(environment.getOrDefault("SERVICE_PORT", String.valueOf(port + 1))),
                data,
                environment.getOrDefault("BULLA_JDBC_URL", h2),
                environment.getOrDefault("BULLA_JDBC_USER", ""),
                environment.getOrDefault("BULLA_JDBC_PASSWORD", ""),
                Duration.ofSeconds(Long.parseLong(environment.getOrDefault("BULLA_TOKEN_SECONDS", "60"))));
    }

    @Override
    public String toString() {
        return "Settings[port=" + port + ", data=" + data + "]";
    }
}
