package dev.bulla.docs;

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
 * Every Java snippet of every page compiles, one page after the other, as if a reader had typed it into one method. Blocks that begin
 * with a package or an import are files of their own, and know each other on one page. Those of CONTRIBUTING are the business of the
 * test that performs what it says about a new provider.
 */
class SnippetsTest {
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|interface) (\\w+)");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (dev\\.bulla[a-z0-9.]*)\\.[A-Z*]");
    private static final String BEFORE = """
            import dev.bulla.*;
            import dev.bulla.audit.*;
            import dev.bulla.error.*;
            import dev.bulla.event.*;
            import dev.bulla.form.*;
            import dev.bulla.http.*;
            import dev.bulla.integrations.jdkhttpserver.*;
            import dev.bulla.integrations.mcp.*;
            import dev.bulla.integrations.micrometer.*;
            import dev.bulla.integrations.okhttp.*;
            import dev.bulla.key.*;
            import dev.bulla.limit.*;
            import dev.bulla.model.*;
            import dev.bulla.provider.*;
            import dev.bulla.providers.all.*;
            import dev.bulla.providers.github.*;
            import dev.bulla.providers.google.*;
            import dev.bulla.providers.mcp.*;
            import dev.bulla.providers.standard.*;
            import dev.bulla.store.*;
            import dev.bulla.store.jdbc.*;
            import dev.bulla.testkit.*;
            import dev.bulla.tool.*;
            import dev.bulla.pages.*;
            import dev.bulla.policy.*;
            import dev.bulla.web.*;
            import dev.bulla.webhook.*;
            import com.sun.net.httpserver.HttpServer;
            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.time.Instant;
            import java.time.ZoneId;
            import java.util.List;
            import java.util.Map;
            import java.util.Optional;
            import java.util.Set;
            import javax.sql.DataSource;
            import okhttp3.OkHttpClient;

            record RepositoryLister(Bulla bulla) {}

            class Page {
                Bulla bulla;
                BullaBuilder builder;
                Connections owner;
                Member alice;
                MemberKey key;
                Store store;
                HttpServer server;
                DataSource dataSource;
                String secret;
                String path;
                String query;
                Map<String, String> cookies;
                String typed;
                Map<String, String> posted;
                List<Map<String, String>> rows;
                String chosen;
                String json;
                OkHttpClient client;
                io.micrometer.core.instrument.MeterRegistry registry;

                void read() throws Exception {
            """;

    @Test
    void snippetsCompile(@TempDir Path out) throws IOException {
        List<Markdown> pages = Markdown.all();
        assertThat(pages).extracting(Markdown::toString).contains("README.md", "CONTRIBUTING.md");
        for (Markdown page : pages) {
            List<JavaFileObject> sources = sources(page);
            if (!sources.isEmpty()) {
                assertThat(compile(sources, out)).as("%s", page).isEmpty();
            }
        }
    }

    @Test
    void brokenSnippetIsSeen(@TempDir Path out) {
        assertThat(compile(List.of(page("Bulla.buildr();")), out)).contains("buildr");
        assertThat(compile(List.of(file("import dev.bulla.Nothing;\nclass App {}")), out))
                .contains("Nothing");
    }

    /** A host on the module path reaches what the pages use. */
    @Test
    void importedPackagesAreExported() throws IOException {
        String descriptors = descriptors();
        List<String> code = new ArrayList<>(List.of(BEFORE));
        Markdown.all().forEach(page -> code.addAll(page.blocks("java")));

        assertThat(code.stream()
                        .flatMap(text -> IMPORT.matcher(text).results())
                        .map(found -> found.group(1))
                        .distinct()
                        .filter(name -> !descriptors.contains("exports " + name + ";")))
                .isEmpty();
    }

    private static String descriptors() throws IOException {
        try (Stream<Path> files = Files.walk(Markdown.ROOT, 6)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(path -> path.endsWith("src/main/java/module-info.java"))
                    .toList()) {
                all.append(Files.readString(file));
            }
            return all.toString();
        }
    }

    private static List<JavaFileObject> sources(Markdown page) {
        List<JavaFileObject> sources = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String block : page.blocks("java")) {
            if (!block.startsWith("package ") && !block.startsWith("import ")) {
                lines.add(block);
            } else if (!page.toString().equals("CONTRIBUTING.md")) {
                sources.add(file(block));
            }
        }
        return lines.isEmpty()
                ? sources
                : Stream.concat(sources.stream(), Stream.of(page(String.join("\n", lines))))
                        .toList();
    }

    private static JavaFileObject page(String code) {
        return source("Page", BEFORE + code + "}}");
    }

    private static JavaFileObject file(String code) {
        Matcher type = TYPE.matcher(code);
        assertThat(type.find()).as("a type in: %s", code).isTrue();
        return source(type.group(1), code);
    }

    private static JavaFileObject source(String name, String code) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }

    private static String compile(List<JavaFileObject> sources, Path out) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-proc:none", "-cp", classPath, "-d", out.toString()),
                        null,
                        sources)
                .call();
        return compiled ? "" : messages.toString();
    }
}
