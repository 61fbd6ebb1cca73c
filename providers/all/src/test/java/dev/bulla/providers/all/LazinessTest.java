package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which classes of providers a process loads, by what the virtual machine itself writes down. */
class LazinessTest {
    private static final Pattern LOADED = Pattern.compile("(dev\\.bulla\\.providers\\.\\w+\\.\\w+) source:");

    @Test
    void startLoadsTheProvidersThatAreGivenAndNoOther() throws Exception {
        assertThat(loadedBy("github", "sendgrid", "slack"))
                .contains(
                        "dev.bulla.providers.github.GitHub",
                        "dev.bulla.providers.standard.SendGrid",
                        "dev.bulla.providers.slack.Slack",
                        "dev.bulla.providers.slack.SlackTokens")
                .noneMatch(name -> name.startsWith("dev.bulla.providers.google."))
                .filteredOn(name -> name.startsWith("dev.bulla.providers.standard."))
                .hasSize(1);
    }

    @Test
    void listingLoadsNoProvider() throws Exception {
        assertThat(loadedBy())
                .contains("dev.bulla.providers.all.Catalogue")
                .allMatch(name -> name.startsWith("dev.bulla.providers.all."));
    }

    private static List<String> loadedBy(String... ids) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                StartsBulla.class.getName()));
        command.addAll(List.of(ids));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        List<String> loaded = new ArrayList<>();
        Matcher matcher = LOADED.matcher(out);
        while (matcher.find()) {
            loaded.add(matcher.group(1));
        }
        return loaded;
    }
}
