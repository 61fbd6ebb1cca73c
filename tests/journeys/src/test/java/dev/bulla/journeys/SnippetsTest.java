package dev.bulla.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every Java snippet of every page compiles, one page after the other, as if a reader had typed it into one method. Whole files, which
 * begin with a package, are the business of the test that performs what CONTRIBUTING says about a new provider.
 */
class SnippetsTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern SNIPPET = Pattern.compile("```java\\n(?!package )(.*?)```", Pattern.DOTALL);
    private static final String BEFORE = """
            import dev.bulla.*;
            import dev.bulla.event.*;
            import dev.bulla.form.*;
            import dev.bulla.http.*;
            import dev.bulla.key.*;
            import dev.bulla.model.*;
            import dev.bulla.provider.*;
            import dev.bulla.providers.github.*;
            import dev.bulla.store.jdbc.*;
            import dev.bulla.testkit.*;
            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.List;
            import java.util.Map;
            import javax.sql.DataSource;

            record RepositoryLister(Bulla bulla) {}

            class Page {
                DataSource dataSource;
                String secret;
                String path;
                String query;
                Map<String, String> cookies;
                String typed;
                Map<String, String> posted;
                List<Map<String, String>> rows;
                String chosen;

                void read() {
            """;

    @Test
    void snippetsCompile(@TempDir Path out) throws IOException {
        List<Path> pages = pages();
        assertThat(pages).anyMatch(page -> page.endsWith("README.md"));
        for (Path page : pages) {
            String code = snippets(page);
            if (!code.isEmpty()) {
                assertThat(compile(code, out)).as("%s", page).isEmpty();
            }
        }
    }

    @Test
    void brokenSnippetIsSeen(@TempDir Path out) {
        assertThat(compile("Bulla.buildr();", out)).contains("buildr");
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(ROOT), Files.walk(ROOT.resolve("docs")))) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }

    private static String snippets(Path page) throws IOException {
        List<String> all = new ArrayList<>();
        Matcher matcher = SNIPPET.matcher(Files.readString(page));
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return String.join("\n", all);
    }

    private static String compile(String code, Path out) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Page.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return BEFORE + code + "}}";
                    }
                };
        StringWriter messages = new StringWriter();
        boolean compiled = compiler.getTask(
                        messages, null, null, List.of("-proc:none", "-d", out.toString()), null, List.of(source))
                .call();
        return compiled ? "" : messages.toString();
    }
}
