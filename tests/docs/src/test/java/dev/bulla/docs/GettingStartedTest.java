package dev.bulla.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the guide without Spring says, with nothing but the files that stand there. */
class GettingStartedTest {
    private static final Pattern FILE =
            Pattern.compile("`src/main/java/(\\w+\\.java)`[^`]*```java\\n(.*?)```", Pattern.DOTALL);
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @TempDir
    Path directory;

    private Process program;
    private String address;

    @BeforeEach
    void start() throws IOException {
        List<Path> sources = new ArrayList<>();
        Matcher matcher = FILE.matcher(Files.readString(Markdown.ROOT.resolve("docs/guide/getting-started.md")));
        while (matcher.find()) {
            sources.add(Files.writeString(directory.resolve(matcher.group(1)), matcher.group(2)));
        }
        compile(sources);
        program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        directory + System.getProperty("path.separator") + CLASS_PATH,
                        "App",
                        "0")
                .redirectError(directory.resolve("log").toFile())
                .start();
        BufferedReader said = program.inputReader();
        Matcher members = Pattern.compile("Members: (\\S+)/bulla/ .*").matcher(String.valueOf(said.readLine()));
        assertThat(members.matches())
                .as("%s", Files.readString(directory.resolve("log")))
                .isTrue();
        address = members.group(1);
    }

    @AfterEach
    void stop() {
        program.destroyForcibly();
    }

    private void compile(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages,
                            manager,
                            null,
                            List.of("-proc:none", "-cp", CLASS_PATH, "-d", directory.toString()),
                            null,
                            manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as("%s", messages).isTrue();
        }
    }

    @Test
    void ownerAndMemberHavePagesAndStrangersNone() throws Exception {
        assertThat(page("/bulla/owner", "olga").body()).contains("Connections");
        assertThat(page("/bulla/", "alice").statusCode()).isEqualTo(200);
        assertThat(page("/bulla/owner", "alice").statusCode()).isEqualTo(404);
        assertThat(page("/bulla/", "").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> page(String path, String name) throws Exception {
        HttpClient.Builder client = HttpClient.newBuilder();
        if (!name.isEmpty()) {
            client.authenticator(new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication(name, name.toCharArray());
                }
            });
        }
        return client.build()
                .send(HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
