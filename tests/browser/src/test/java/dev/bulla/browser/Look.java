package dev.bulla.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Looks at a page on a desk and on a phone, by day and by night: pictures for people, promises for the build. */
final class Look {
    private static final Path PICTURES = Path.of("target", "screenshots");

    private final Browser browser;

    Look(Browser browser) {
        this.browser = browser;
    }

    /** Nothing serious for axe, nothing wider than the screen; leaves the browser as it was. */
    void at(String page) {
        try {
            for (String colours : List.of("light", "dark")) {
                colours(colours);
                sound(page + "-desk-" + colours, 1200);
                sound(page + "-phone-" + colours, 390);
            }
            fits(page, 320);
        } finally {
            browser.command("Emulation.clearDeviceMetricsOverride", Map.of());
            browser.command("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        }
    }

    private void sound(String name, int width) {
        fits(name, width);
        picture(name);
        assertThat(Axe.findings(browser)).as(name).isEmpty();
    }

    private void colours(String scheme) {
        browser.command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** On a phone the page would be wider than the screen, or shrunk to it. */
    private void fits(String name, int width) {
        browser.command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", width < 600));
        assertThat(browser.run("return document.documentElement.scrollWidth"))
                .as("width of %s on a screen of %s", name, width)
                .isEqualTo((double) width);
    }

    private static Object number(Map<?, ?> fields, String name) {
        return java.util.Objects.requireNonNull(fields.get(name));
    }

    /** The whole page, however long. */
    private void picture(String name) {
        Map<?, ?> shot =
                browser.command("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        try {
            Files.createDirectories(PICTURES);
            Files.write(PICTURES.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
