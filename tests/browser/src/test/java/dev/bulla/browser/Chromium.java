package dev.bulla.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The installed browser and its driver: {@code CHROMIUM} and {@code CHROMEDRIVER}, or what lies in {@code /usr/bin}. The driver is
 * started once, takes a free port, and ends with the tests.
 */
final class Chromium {
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final Optional<Path> BROWSER = find("CHROMIUM", "chromium", "chromium-browser", "google-chrome");
    private static final Optional<Path> DRIVER = find("CHROMEDRIVER", "chromedriver");

    private Chromium() {}

    /** Why no browser can be driven here; empty where one can. */
    static Optional<String> missing() {
        if (BROWSER.isEmpty()) {
            return Optional.of("no Chromium: install the package chromium, or name the program in CHROMIUM");
        }
        if (DRIVER.isEmpty()) {
            return Optional.of(
                    "no chromedriver: install the package chromium-driver, or name the program in CHROMEDRIVER");
        }
        return Optional.empty();
    }

    /** A new browser with a profile of its own, and where it is driven. */
    static Browser open() {
        Wire wire = Driver.WIRE;
        Map<?, ?> session = Wire.fields(wire.post(
                "/session",
                Map.of(
                        "capabilities",
                        Map.of(
                                "alwaysMatch",
                                Map.of(
                                        "browserName",
                                        "chrome",
                                        "goog:chromeOptions",
                                        Map.of("binary", BROWSER.orElseThrow().toString(), "args", arguments()),
                                        "goog:loggingPrefs",
                                        Map.of("performance", "ALL", "browser", "ALL"))))));
        return new Browser(wire, "/session/" + session.get("sessionId"));
    }

    private static List<String> arguments() {
        List<String> arguments = new ArrayList<>(
                List.of(
                        "--headless=new",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--lang=en",
                        "--window-size=1200,900",
                        "--host-resolver-rules=MAP *.test 127.0.0.1, MAP localhost 127.0.0.1, EXCLUDE 127.0.0.1, MAP * ~NOTFOUND"));
        if (System.getProperty("user.name").equals("root")) {
            arguments.add("--no-sandbox");
        }
        return arguments;
    }

    private static Optional<Path> find(String variable, String... names) {
        String named = System.getenv(variable);
        if (named != null) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        return List.of(names).stream()
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Started when it is first asked for. */
    private static final class Driver {
        static final Wire WIRE = new Wire(URI.create("http://127.0.0.1:" + start()));

        @SuppressWarnings("resource") // read until the driver ends
        private static int start() {
            try {
                Process process = new ProcessBuilder(DRIVER.orElseThrow().toString(), "--port=0")
                        .redirectErrorStream(true)
                        .start();
                BufferedReader output = process.inputReader();
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    Matcher started = STARTED.matcher(line);
                    if (started.find()) {
                        drain(output);
                        int port = Integer.parseInt(started.group(1));
                        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, port), "end-chromedriver"));
                        return port;
                    }
                }
                throw new IllegalStateException("chromedriver ended at once");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void drain(BufferedReader output) {
            Thread reader = new Thread(() -> output.lines().forEach(line -> {}), "chromedriver-output");
            reader.setDaemon(true);
            reader.start();
        }

        /** The driver ends its browsers and removes their profiles, if it is asked to. */
        private static void end(Process process, int port) {
            try {
                new Wire(URI.create("http://127.0.0.1:" + port)).get("/shutdown");
                process.waitFor(5, TimeUnit.SECONDS);
            } catch (RuntimeException | InterruptedException e) {
                process.descendants().forEach(ProcessHandle::destroy);
            }
            process.destroy();
        }
    }
}
