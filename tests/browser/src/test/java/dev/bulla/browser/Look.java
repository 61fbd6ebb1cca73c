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
            fits(page, 320, 640);
            seen(page + "-phone-light", "light", 390, 844);
            sound(page, Axe.findings(browser));
            seen(page + "-phone-dark", "dark", 390, 844);
            seen(page + "-desk-dark", "dark", 1200, 900);
            sound(page + " in the dark", Axe.findingsOfColour(browser));
            seen(page + "-desk-light", "light", 1200, 900);
            sound(page, Axe.findings(browser));
        } finally {
            browser.command("Emulation.clearDeviceMetricsOverride", Map.of());
            browser.command("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        }
    }

    private void seen(String name, String colours, int width, int height) {
        colours(colours);
        fits(name, width, height);
        picture(name);
    }

    private static void sound(String page, List<String> findings) {
        assertThat(findings).as("serious on %s", page).isEmpty();
    }

    /** Without motion, so that no colour is seen on its way to another. */
    private void colours(String scheme) {
        browser.command(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** On a phone the page would be wider than the screen, or shrunk to it. */
    private void fits(String name, int width, int height) {
        browser.command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        assertThat(browser.run("return document.documentElement.scrollWidth > arguments[0]", width))
                .as("%s is wider than a screen of %s", name, width)
                .isEqualTo(false);
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
