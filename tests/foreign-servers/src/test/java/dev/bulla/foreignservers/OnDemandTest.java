package dev.bulla.foreignservers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A run as long as somebody wants it, by {@code run}. Its result is added to {@code REPORT.md} whatever it is. */
@EnabledIfSystemProperty(named = "foreign.server", matches = ".+")
class OnDemandTest {
    private static final Path REPORT = Path.of("REPORT.md");

    @Test
    void runsAsLongAsAsked() throws Exception {
        Duration time = Duration.ofSeconds(Math.round(Double.parseDouble(System.getProperty("foreign.minutes")) * 60));
        boolean chaos = Boolean.getBoolean("foreign.chaos");
        Long seed = chaos ? Long.getLong("foreign.seed", System.nanoTime() % 1_000_000) : null;
        try (World world = World.with(server(System.getProperty("foreign.server")))) {
            Result result = new Trial(world, "member-", time, seed).run();
            Files.writeString(REPORT, result.block(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            System.out.println(result.block());
            if (chaos) {
                Checks.chaos(result);
            } else {
                Checks.calm(result);
            }
        }
    }

    private static ForeignServer server(String name) throws Exception {
        return switch (name) {
            case "keycloak" -> Keycloak.unpacked().orElseThrow();
            case "oidc-provider" -> OidcProvider.installed().orElseThrow();
            default -> throw new IllegalArgumentException("a server is keycloak or oidc-provider");
        };
    }
}
