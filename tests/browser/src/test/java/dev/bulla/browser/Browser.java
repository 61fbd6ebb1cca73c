package dev.bulla.browser;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * One browser with a profile of its own, and the hands of a person: buttons, links and fields go by the names that a screen reader
 * speaks, and nothing is looked for longer than twenty seconds.
 */
final class Browser extends Remote {
    private static final String CONTROL = "\uE009";
    private static final String TAB = "\uE004";
    static final String ENTER = "\uE007";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String FIELDS = "input:not([type=hidden]), textarea, select";
    private static final String BOXES = "input[type=checkbox], input[type=radio]";
    private static final String PRESSED = "button, [role=button], summary, a[href]";

    Browser(Wire wire, String session) {
        super(wire, session);
    }

    Browser open(String address) {
        wire.post(session + "/url", Map.of("url", address));
        return this;
    }

    Browser back() {
        wire.post(session + "/back", Map.of());
        return this;
    }

    Browser reload() {
        wire.post(session + "/refresh", Map.of());
        return this;
    }

    /** Presses a button or follows a link. */
    Browser press(String name) {
        return click(PRESSED, name);
    }

    /** Ticks a box or chooses one of several, or takes it back. */
    Browser tick(String label) {
        return click(BOXES, label);
    }

    private Browser click(String query, String name) {
        return await(
                query + " named " + name,
                () -> named(query, name).map(element -> {
                    wire.post(element(element) + "/click", Map.of());
                    return this;
                }));
    }

    /** Types into a field in place of what stood there. */
    Browser type(String label, String text) {
        return await(
                "a field " + label,
                () -> named(FIELDS, label).map(element -> {
                    wire.post(element(element) + "/clear", Map.of());
                    wire.post(element(element) + "/value", Map.of("text", text));
                    return this;
                }));
    }

    /** What stands in a field. */
    String value(String label) {
        return await(
                "a field " + label,
                () -> named(FIELDS, label)
                        .map(element -> String.valueOf(wire.get(element(element) + "/property/value"))));
    }

    /** Whether there is a button, link or field of this name to be seen now. */
    boolean offers(String name) {
        return await(
                "still page",
                () -> Optional.of(named(PRESSED + ", " + FIELDS, name).isPresent()));
    }

    /** What can be read on the page now. */
    String text() {
        return await("still page", () -> Optional.of(words()));
    }

    private String words() {
        return elements(session, "body").stream().map(this::read).findFirst().orElse("");
    }

    /** The first heading. */
    String heading() {
        return text("h1");
    }

    /** What can be read in the first element of this CSS query. */
    String text(String query) {
        return await(query, () -> elements(session, query).stream().findFirst().map(this::read));
    }

    /** Waits until this can be read. */
    Browser reads(String text) {
        return await("the text " + text, () -> words().contains(text) ? Optional.of(this) : Optional.empty());
    }

    /** Waits until the address begins like this. */
    Browser arrives(String address) {
        return await(
                "the address " + address, () -> address().startsWith(address) ? Optional.of(this) : Optional.empty());
    }

    /** Presses keys as a keyboard does; those without a sign have code points of the standard's (section 17.4.2). */
    Browser keys(CharSequence keys) {
        List<Map<String, String>> strokes = new ArrayList<>();
        keys.chars().mapToObj(Character::toString).forEach(key -> {
            strokes.add(Map.of("type", "keyDown", "value", key));
            strokes.add(Map.of("type", "keyUp", "value", key));
        });
        perform(strokes);
        return this;
    }

    /** Presses a key while the control key is held. */
    Browser control(String key) {
        List<Map<String, String>> strokes = List.of(
                Map.of("type", "keyDown", "value", CONTROL),
                Map.of("type", "keyDown", "value", key),
                Map.of("type", "keyUp", "value", key),
                Map.of("type", "keyUp", "value", CONTROL));
        perform(strokes);
        return this;
    }

    /** Goes on with the tabulator until what has this name has the focus. */
    Browser tabTo(String name) {
        for (int i = 0; i < 80; i++) {
            keys(TAB);
            if (focused().equals(name)) {
                return this;
            }
        }
        throw new AssertionError("the keyboard does not reach " + name + " on " + text());
    }

    /** The name of what has the focus. */
    String focused() {
        return await("focus", () -> Optional.of(label(id(wire.get(session + "/element/active")))));
    }

    /** Opens a tab and turns to it. */
    String newTab() {
        String handle = String.valueOf(Wire.fields(wire.post(session + "/window/new", Map.of("type", "tab")))
                .get("handle"));
        turnTo(handle);
        return handle;
    }

    Browser turnTo(String window) {
        wire.post(session + "/window", Map.of("handle", window));
        return this;
    }

    /** Waits for a window that is none of these, and turns to it. */
    Browser turnToOtherThan(String... others) {
        List<String> known = List.of(others);
        return turnTo(await(
                "another window",
                () -> windows().stream()
                        .filter(window -> !known.contains(window))
                        .findFirst()));
    }

    /** Waits until the browser has this many windows. */
    Browser awaitWindows(int count) {
        return await(count + " windows", () -> windows().size() == count ? Optional.of(this) : Optional.empty());
    }

    /** Forgets everybody who is logged in, and goes on in a new window alone. */
    Browser begin() {
        List<String> old = windows();
        String fresh = newTab();
        old.forEach(this::closeIfOpen);
        turnTo(fresh).command("Network.clearBrowserCookies", Map.of());
        log("performance");
        return this;
    }

    /** Popups may be closing by themselves. */
    private void closeIfOpen(String window) {
        try {
            turnTo(window).closeWindow();
        } catch (Wire.Refused refused) {
            if (!refused.passing()) {
                throw refused;
            }
        }
    }

    /** Asks again until there is an answer. What is not there yet or not there any more is asked for anew. */
    <T> T await(String what, Supplier<Optional<T>> asked) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Optional<T> answer = asked.get();
                if (answer.isPresent()) {
                    return answer.get();
                }
            } catch (Wire.Refused refused) {
                if (!refused.passing()) {
                    throw refused;
                }
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + what + " on " + seen());
            }
            LockSupport.parkNanos(Duration.ofMillis(15).toNanos());
        }
    }

    /** What there is in place of what was looked for. */
    private String seen() {
        try {
            List<String> names = elements(session, PRESSED + ", " + FIELDS).stream()
                    .map(this::label)
                    .toList();
            return address() + "\n" + names + "\n" + words();
        } catch (Wire.Refused e) {
            return "a page that changes: " + e.getMessage();
        }
    }

    private Optional<String> named(String query, String name) {
        return elements(session, query).stream()
                .filter(element -> label(element).equals(name))
                .filter(element -> Boolean.TRUE.equals(wire.get(element(element) + "/displayed")))
                .findFirst();
    }

    /** Says yes when pages want to copy and paste. */
    void allowClipboard() {
        command(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    }
}
