package dev.bulla.browser;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One browser with a profile of its own, and the hands of a person: buttons, links and fields go by the names that a screen reader
 * speaks, and nothing is looked for longer than ten seconds.
 */
final class Browser implements AutoCloseable {
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final String CONTROL = "\uE009";
    private static final String TAB = "\uE004";
    static final String ENTER = "\uE007";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String FIELDS = "input:not([type=hidden]), textarea, select";

    private final Wire wire;
    private final String session;

    Browser(Wire wire, String session) {
        this.wire = wire;
        this.session = session;
    }

    Browser open(String address) {
        wire.post(session + "/url", Map.of("url", address));
        return this;
    }

    String address() {
        return String.valueOf(wire.get(session + "/url"));
    }

    String title() {
        return String.valueOf(wire.get(session + "/title"));
    }

    Browser back() {
        wire.post(session + "/back", Map.of());
        return this;
    }

    Browser reload() {
        wire.post(session + "/refresh", Map.of());
        return this;
    }

    /** Presses a button. */
    Browser press(String name) {
        return click("button, [role=button], input[type=submit], summary", name);
    }

    /** Follows a link. */
    Browser follow(String name) {
        return click("a[href]", name);
    }

    /** Ticks a box or chooses one of several, or takes it back. */
    Browser tick(String label) {
        return click("input[type=checkbox], input[type=radio]", label);
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

    /** Chooses from a list. */
    Browser choose(String label, String option) {
        return await(
                "an option " + option + " of " + label,
                () -> named("select", label)
                        .flatMap(list -> elements(element(list), "option").stream()
                                .filter(each -> read(each).equals(option))
                                .findFirst())
                        .map(element -> {
                            wire.post(element(element) + "/click", Map.of());
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
        return named("button, [role=button], summary, a[href], " + FIELDS, name).isPresent();
    }

    /** What can be read on the page now. */
    String text() {
        return elements(session, "body").stream().map(this::read).findFirst().orElse("");
    }

    /** What can be read in the first element of this CSS query. */
    String text(String query) {
        return await(query, () -> elements(session, query).stream().findFirst().map(this::read));
    }

    /** Waits until this can be read. */
    Browser reads(String text) {
        return await("the text " + text, () -> text().contains(text) ? Optional.of(this) : Optional.empty());
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
        return perform(strokes);
    }

    /** Presses a key while the control key is held. */
    Browser control(String key) {
        List<Map<String, String>> strokes = List.of(
                Map.of("type", "keyDown", "value", CONTROL),
                Map.of("type", "keyDown", "value", key),
                Map.of("type", "keyUp", "value", key),
                Map.of("type", "keyUp", "value", CONTROL));
        return perform(strokes);
    }

    private Browser perform(List<Map<String, String>> strokes) {
        wire.post(
                session + "/actions",
                Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", strokes))));
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
        return label(id(wire.get(session + "/element/active")));
    }

    /** The address of what a frame of the page shows. */
    String framed() {
        wire.post(
                session + "/frame",
                Map.of("id", Map.of(ELEMENT, elements(session, "iframe").get(0))));
        try {
            return String.valueOf(run("return document.URL"));
        } finally {
            wire.post(session + "/frame/parent", Map.of());
        }
    }

    /** Runs a function body in the page. */
    @Nullable
    Object run(String script, Object... arguments) {
        return wire.post(session + "/execute/sync", Map.of("script", script, "args", List.of(arguments)));
    }

    /** Runs a function body that calls its last argument with the result. */
    @Nullable
    Object runAsync(String script, Object... arguments) {
        return wire.post(session + "/execute/async", Map.of("script", script, "args", List.of(arguments)));
    }

    /** A command of the DevTools protocol. */
    Map<?, ?> command(String name, Map<String, ?> parameters) {
        return Wire.fields(wire.post(session + "/goog/cdp/execute", Map.of("cmd", name, "params", parameters)));
    }

    /** Entries of a log since it was last asked for: {@code performance} or {@code browser}. */
    List<String> log(String type) {
        List<String> entries = new ArrayList<>();
        for (Object entry : list(wire.post(session + "/se/log", Map.of("type", type)))) {
            entries.add(String.valueOf(Wire.fields(entry).get("message")));
        }
        return entries;
    }

    String screenshot() {
        return String.valueOf(wire.get(session + "/screenshot"));
    }

    /** Windows and tabs, oldest first as far as the driver knows. */
    List<String> windows() {
        return list(wire.get(session + "/window/handles")).stream()
                .map(String::valueOf)
                .toList();
    }

    String window() {
        return String.valueOf(wire.get(session + "/window"));
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

    /** Waits for a window that was not among these, and turns to it. */
    Browser turnToOtherThan(List<String> known) {
        return turnTo(await(
                "another window",
                () -> windows().stream()
                        .filter(window -> !known.contains(window))
                        .findFirst()));
    }

    void closeWindow() {
        wire.delete(session + "/window");
    }

    /** Waits until the browser has this many windows. */
    Browser awaitWindows(int count) {
        return await(count + " windows", () -> windows().size() == count ? Optional.of(this) : Optional.empty());
    }

    /** Forgets everybody who is logged in, and closes all windows but one. */
    Browser begin() {
        List<String> windows = windows();
        for (String window : windows.subList(1, windows.size())) {
            turnTo(window).closeWindow();
        }
        turnTo(windows.get(0));
        command("Network.clearBrowserCookies", Map.of());
        open("about:blank");
        log("performance");
        return this;
    }

    @Override
    public void close() {
        wire.delete(session);
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
                throw new AssertionError("no " + what + " on " + address() + "\n" + text());
            }
            LockSupport.parkNanos(Duration.ofMillis(15).toNanos());
        }
    }

    private Optional<String> named(String query, String name) {
        return elements(session, query).stream()
                .filter(element -> label(element).equals(name))
                .filter(element -> Boolean.TRUE.equals(wire.get(element(element) + "/displayed")))
                .findFirst();
    }

    private String label(String element) {
        return String.valueOf(wire.get(element(element) + "/computedlabel"));
    }

    private String read(String element) {
        return String.valueOf(wire.get(element(element) + "/text"));
    }

    private List<String> elements(String parent, String query) {
        return list(wire.post(parent + "/elements", Map.of("using", "css selector", "value", query))).stream()
                .map(Browser::id)
                .toList();
    }

    private String element(String id) {
        return session + "/element/" + id;
    }

    private static String id(@Nullable Object element) {
        return String.valueOf(Wire.fields(element).get(ELEMENT));
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
