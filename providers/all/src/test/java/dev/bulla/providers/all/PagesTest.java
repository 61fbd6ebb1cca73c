package dev.bulla.providers.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
    private static final Path DOCS = Path.of("../../docs/catalogue");

    @Test
    void pagesInTheRepositoryAreTheOnesThatTheFactsMake() throws IOException {
        Map<String, String> should = Pages.all();
        Map<String, String> are = Pages.in(DOCS);
        String command = "write them anew: see docs/catalogue/README.md";

        assertThat(are.keySet()).as(command).containsExactlyInAnyOrderElementsOf(should.keySet());
        should.forEach((name, text) ->
                assertThat(are.get(name)).as(name + " is stale; " + command).isEqualTo(text));
    }

    @Test
    void pagesOfProvidersThatAreGoneAreDeleted(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("gone.md"), "# Gone");
        Catalogue.main(directory.toString());

        assertThat(Pages.in(directory)).isEqualTo(Pages.all()).containsKeys("README.md", "github.md");
    }
}
