package dev.bulla.foreignservers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * npm's oidc-provider on Node.js, set up by {@code oidc-provider/server.mjs} of this module. The build folder gets a copy of it and what
 * its lock file names.
 */
final class OidcProvider implements ForeignServer {
    private static final Path SOURCE = Path.of("oidc-provider");
    private static final Path HOME = Path.of("target", "oidc-provider");

    private @Nullable ServerProcess process;

    private OidcProvider() {}

    /** Empty where there is no Node.js or no npm. */
    static Optional<ForeignServer> installed() throws IOException, InterruptedException {
        if (!succeeds(List.of("node", "--version"), Path.of("target"))
                || !succeeds(List.of("npm", "--version"), Path.of("target"))) {
            return Optional.empty();
        }
        Files.createDirectories(HOME);
        for (String file : List.of("package.json", "package-lock.json", ".npmrc", "server.mjs")) {
            Files.copy(SOURCE.resolve(file), HOME.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.isDirectory(HOME.resolve("node_modules/oidc-provider")) && !succeeds(List.of("npm", "ci"), HOME)) {
            throw new IllegalStateException("npm ci failed; its output is in target/npm.log");
        }
        return Optional.of(new OidcProvider());
    }

    private static boolean succeeds(List<String> command, Path folder) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "npm.log").toFile())
                    .start();
            return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    @Override
    public String name() {
        try {
            String description = Files.readString(HOME.resolve("node_modules/oidc-provider/package.json"));
            return "oidc-provider "
                    + description
                            .replaceFirst("(?s).*?\"version\"\\s*:\\s*\"", "")
                            .replaceFirst("(?s)\".*", "");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public String settings() {
        return "rotateRefreshToken true, ttl.AccessToken 5, adapter in memory";
    }

    @Override
    public URI issuer(URI address) {
        return address;
    }

    @Override
    public String tokenPath() {
        return "/token";
    }

    @Override
    public String mePath() {
        return "/me";
    }

    @Override
    public void start(int port, URI address, int users) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("node", "server.mjs").directory(HOME.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PORT",
                        Integer.toString(port),
                        "ISSUER",
                        address.toString(),
                        "CLIENT_ID",
                        Site.CLIENT_ID,
                        "CLIENT_SECRET",
                        Site.CLIENT_SECRET,
                        "REDIRECT_URI",
                        Site.REDIRECT.toString(),
                        "ACCESS_SECONDS",
                        "5"));
        process = ServerProcess.start(builder, HOME.resolve("server.log"));
        process.awaitAnswer(
                URI.create("http://127.0.0.1:" + port + "/.well-known/openid-configuration"), Duration.ofMinutes(1));
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
