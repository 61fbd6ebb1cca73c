package dev.bulla.providers.all;

import dev.bulla.provider.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The pages of the catalogue: one for each provider, and one that lists them. */
final class Pages {
    static final String INDEX = "README.md";

    private Pages() {}

    /** Writes all pages into a directory, and deletes those of providers that are gone. */
    static void write(Path directory) throws IOException {
        Map<String, String> pages = all();
        Files.createDirectories(directory);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(directory.resolve(page.getKey()), page.getValue());
        }
        for (String name : in(directory).keySet()) {
            if (!pages.containsKey(name)) {
                Files.delete(directory.resolve(name));
            }
        }
    }

    /** File names and texts of what lies in a directory. */
    static Map<String, String> in(Path directory) throws IOException {
        Map<String, String> pages = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                pages.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return pages;
    }

    /** File names and texts as they should be. */
    static Map<String, String> all() {
        Map<String, String> pages = new LinkedHashMap<>();
        StringBuilder rows = new StringBuilder();
        for (Provider provider : Catalogue.all()) {
            Page page = Page.of(provider);
            pages.put(provider.id() + ".md", page.text());
            rows.append(page.row());
        }
        pages.put(INDEX, INTRODUCTION.formatted(pages.size()) + rows);
        return pages;
    }

    private static final String INTRODUCTION = String.format(
            Locale.ROOT,
            """
            # Catalogue

            What is known of each of the %%d services: how to set it up there, what goes over the wire, what it asks for, and what goes
            wrong. The facts are those that the code goes by, and these pages are written by the build; to change one, change the
            provider's class or the Markdown file beside it, and write them anew:

            ```
            %s
            ```

            Without the last argument the same command prints the facts as JSON, without the walkthroughs. There lifetimes are in seconds,
            and null means that something does not apply or is not known.

            | Service | Id | Connects by | Tokens | A choice afterwards |
            | --- | --- | --- | --- | --- |
            """,
            "mvn -q -B -pl providers/all -am -Dcatalogue compile exec:java -Dexec.args=docs/catalogue");
}
