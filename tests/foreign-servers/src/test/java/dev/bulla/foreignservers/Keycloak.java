package dev.bulla.foreignservers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keycloak, unpacked by the build, in development mode with a database in memory and a realm that is imported at start. Realm: refresh
 * tokens are revoked when used and never reused, access tokens live for 5 seconds. Sources: the server guides "All configuration",
 * "Configuring the hostname (v2)" and "Importing and exporting realms", and "Revoke Refresh Token" in the server administration guide.
 */
final class Keycloak implements ForeignServer {
    private static final Path UNPACKED = Path.of("target", "keycloak");
    private static final String REALM = "/realms/bulla";

    private final Path home;
    private @Nullable ServerProcess process;

    private Keycloak(Path home) {
        this.home = home;
    }

    /** Empty where the build has unpacked none. */
    static Optional<ForeignServer> unpacked() throws IOException {
        if (!Files.isDirectory(UNPACKED)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(UNPACKED)) {
            return homes.filter(home -> Files.exists(home.resolve("bin/kc.sh")))
                    .findFirst()
                    .map(Keycloak::new);
        }
    }

    @Override
    public String name() {
        return "Keycloak " + home.getFileName().toString().replace("keycloak-", "");
    }

    @Override
    public String settings() {
        return "revokeRefreshToken true, refreshTokenMaxReuse 0, accessTokenLifespan 5; start-dev, dev-mem, 512 MB heap";
    }

    @Override
    public URI issuer(URI address) {
        return address.resolve(REALM);
    }

    @Override
    public String tokenPath() {
        return REALM + "/protocol/openid-connect/token";
    }

    @Override
    public String mePath() {
        return REALM + "/protocol/openid-connect/userinfo";
    }

    @Override
    public void start(int port, URI address, int users) throws IOException, InterruptedException {
        Path realms = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(realms.resolve("bulla-realm.json"), realm(users));
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                home.resolve("bin/kc.sh").toAbsolutePath().toString(),
                "start-dev",
                "--db=dev-mem",
                "--cache=local",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-pool-max-threads=16",
                "--hostname=" + address,
                "--import-realm");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        process = ServerProcess.start(builder, UNPACKED.resolve("keycloak.log"));
        process.awaitAnswer(
                URI.create("http://127.0.0.1:" + port + REALM + "/.well-known/openid-configuration"),
                Duration.ofMinutes(5));
    }

    private static String realm(int users) throws IOException {
        try (var in = Keycloak.class.getResourceAsStream("/keycloak/realm.json")) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .replace("@CLIENT_SECRET@", Site.CLIENT_SECRET)
                    .replace("@REDIRECT_URI@", Site.REDIRECT.toString())
                    .replace(
                            "@USERS@",
                            IntStream.range(0, users)
                                    .mapToObj(number -> user(ForeignServer.user(number)))
                                    .collect(Collectors.joining(",\n    ")));
        }
    }

    /** With a whole profile, so that nobody is asked to complete it. */
    private static String user(String name) {
        return String.join(
                ", ",
                List.of(
                        "{\"username\": \"" + name + "\"",
                        "\"enabled\": true",
                        "\"email\": \"" + name + "@example.com\"",
                        "\"emailVerified\": true",
                        "\"firstName\": \"" + name + "\"",
                        "\"lastName\": \"Member\"",
                        "\"credentials\": [{\"type\": \"password\", \"value\": \"" + ForeignServer.password(name)
                                + "\"}]}"));
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
