package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Does what CONTRIBUTING says about adding a provider, with nothing but what stands there. */
class AddingAProviderTest {
    private static final String TEST = "dev.bulla.providers.standard.AcmeNotesTest";
    private static final Pattern FILE = Pattern.compile("`(src/[^`]+)`:\\n\\n```\\w+\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    @Test
    void whatTheGuideSaysIsAllThatIsNeeded() throws Exception {
        TestExecutionSummary summary = contractOf(files());

        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource({
        "ClientAuthentication.BASIC, ClientAuthentication.POST, exchange",
        "oauth/token, oauth2/token, exchange",
        "Duration.ofHours(1), Duration.ofHours(2), exchange",
        "\"id\", \"name\", identity"
    })
    void wrongFactIsSeen(String fact, String wrong, String transcript) throws Exception {
        Map<String, String> files = files();
        files.replaceAll((name, text) -> name.endsWith("AcmeNotes.java") ? text.replace(fact, wrong) : text);

        assertThat(contractOf(files).getFailures())
                .extracting(failure -> failure.getTestIdentifier().getDisplayName())
                .contains(transcript);
    }

    @Test
    void guideKeepsToWhatHoldsForEveryProvider() throws IOException {
        Map<String, String> files = files();

        assertThat(EveryProviderTest.lines(files.get("src/main/java/dev/bulla/providers/standard/AcmeNotes.java")))
                .isLessThanOrEqualTo(80);
        EveryProviderTest.assertLeadsThrough(
                files.get("src/main/resources/dev/bulla/providers/standard/acme-notes.md"), true);
    }

    /** The files of the guide, by the path that it names. */
    private static Map<String, String> files() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        Matcher matcher = FILE.matcher(Files.readString(Path.of("../../CONTRIBUTING.md")));
        while (matcher.find()) {
            files.put(matcher.group(1), matcher.group(2));
        }
        assertThat(files).hasSize(5);
        return files;
    }

    private TestExecutionSummary contractOf(Map<String, String> files) throws Exception {
        Path out = Files.createDirectories(directory.resolve("classes"));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = file.getKey().contains("/java/")
                    ? directory.resolve(file.getKey())
                    : out.resolve(file.getKey().replaceFirst("src/\\w+/resources/", ""));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        compile(files.keySet().stream().filter(name -> name.endsWith(".java")).toList(), out);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {out.toUri().toURL()}, getClass().getClassLoader())) {
            return run(loader.loadClass(TEST));
        }
    }

    private void compile(List<String> sources, Path out) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages,
                            manager,
                            null,
                            List.of("-proc:none", "-cp", classPath, "-d", out.toString()),
                            null,
                            manager.getJavaFileObjectsFromPaths(
                                    sources.stream().map(directory::resolve).toList()))
                    .call();
            assertThat(compiled).as("%s", messages).isTrue();
        }
    }

    private static TestExecutionSummary run(Class<?> test) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(test))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }
}
