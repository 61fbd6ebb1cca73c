package dev.bulla.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One browser as the protocol knows it: windows, elements by id, scripts. What the page says at once, without waiting. */
class Remote implements AutoCloseable {
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

    final Wire wire;
    final String session;

    Remote(Wire wire, String session) {
        this.wire = wire;
        this.session = session;
    }

    String address() {
        return String.valueOf(wire.get(session + "/url"));
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

    /** Windows and tabs, oldest first as far as the driver knows. */
    List<String> windows() {
        return list(wire.get(session + "/window/handles")).stream()
                .map(String::valueOf)
                .toList();
    }

    String window() {
        return String.valueOf(wire.get(session + "/window"));
    }

    void closeWindow() {
        wire.delete(session + "/window");
    }

    @Override
    public void close() {
        wire.delete(session);
    }

    String label(String element) {
        return String.valueOf(wire.get(element(element) + "/computedlabel"));
    }

    String read(String element) {
        return String.valueOf(wire.get(element(element) + "/text"));
    }

    List<String> elements(String parent, String query) {
        return list(wire.post(parent + "/elements", Map.of("using", "css selector", "value", query))).stream()
                .map(Browser::id)
                .toList();
    }

    String element(String id) {
        return session + "/element/" + id;
    }

    static String id(@Nullable Object element) {
        return String.valueOf(Wire.fields(element).get(ELEMENT));
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    void perform(List<Map<String, String>> strokes) {
        wire.post(
                session + "/actions",
                Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", strokes))));
    }
}
