package dev.bulla.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Public test vectors that are too large to be committed: from the directory {@code -Dbulla.vectors}, or from {@code
 * shared/vectors} beside the project. A test whose file is missing is skipped.
 */
final class Vectors {
    private Vectors() {}

    static String read(String name) {
        Path file = directory().resolve(name);
        Assumptions.assumeTrue(Files.isRegularFile(file), "no test vectors " + name + ": set -Dbulla.vectors");
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory() {
        String chosen = System.getProperty("bulla.vectors");
        if (chosen != null) {
            return Path.of(chosen);
        }
        Path project = Path.of("").toAbsolutePath();
        while (project.getParent() != null && Files.exists(project.resolveSibling("pom.xml"))) {
            project = project.getParent();
        }
        return project.resolveSibling("shared").resolve("vectors");
    }
}
