package dev.bulla.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Core speaks standards. The name of a service stands in the class of its provider, or in a comment that gives an example. */
class NoServiceInCoreTest {
    private static final Pattern SERVICE = Pattern.compile(
            "(?i)github|google|slack|sendgrid|hubspot|linkedin|tiktok|facebook|instagram|mailchimp|salesforce|notion\\b|atlassian|shopify|microsoft|wordpress|telegram"
                    + "|openai|calendarific|cloudflare|sentry|brevo|lemlist|firebase|gmail|app.?store");
    private static final Pattern COMMENT = Pattern.compile("^\\s*(\\*|/\\*\\*|//).*");

    static List<String> services(Path source) throws IOException {
        try (Stream<String> lines = Files.lines(source)) {
            return lines.filter(line -> !COMMENT.matcher(line).matches())
                    .filter(line -> SERVICE.matcher(line).find())
                    .map(line -> source.getFileName() + ": " + line.strip())
                    .toList();
        }
    }

    @Test
    void coreNamesNoService() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("../../core/src/main/java"))) {
            List<Path> files =
                    sources.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(files).hasSizeGreaterThan(50);
            for (Path file : files) {
                assertThat(services(file)).isEmpty();
            }
        }
    }

    @Test
    void nameOfAServiceIsSeen() throws IOException {
        assertThat(services(Path.of("src/test/java/fixture/keeper/Climber.java")))
                .isNotEmpty();
    }
}
