package dev.bulla.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Deque's axe-core, run in a page: what keeps people with a screen reader, a keyboard or weak eyes out. */
final class Axe {
    private static final String SCRIPT = read();

    /** Rules of WCAG 2.2 A and AA and good practice; what stays is serious or critical. */
    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations'], ...arguments[0]}).then(result => done(result.violations
                .filter(found => ['serious', 'critical'].includes(found.impact))
                .map(found => found.id + ': ' + found.help + '\\n  ' + found.nodes.map(node =>
                    node.html + '\\n    ' + node.failureSummary.replaceAll('\\n', '\\n    ')).join('\\n  '))),
                trouble => done(['axe failed: ' + trouble]));
            """;

    private Axe() {}

    /** What is serious or critical on the page as it stands; empty where nothing is. */
    static List<String> findings(Browser browser) {
        return findings(browser, Map.of());
    }

    /** The same for colours alone. */
    static List<String> findingsOfColour(Browser browser) {
        return findings(browser, Map.of("runOnly", List.of("color-contrast")));
    }

    private static List<String> findings(Browser browser, Map<String, ?> options) {
        if (!Boolean.TRUE.equals(browser.run("return 'axe' in window"))) {
            browser.run(SCRIPT);
        }
        return browser.runAsync(RUN, options) instanceof List<?> found
                ? found.stream().map(String::valueOf).toList()
                : List.of("axe has no answer");
    }

    private static String read() {
        try (InputStream in = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
