package dev.bulla.upstream;

import java.util.ArrayList;
import java.util.List;

/** Reads a stream of server-sent events (HTML Living Standard, section 9.2.6): the data of each whole event, in order. */
final class EventStream {
    private EventStream() {}

    static List<String> messages(String stream) {
        List<String> messages = new ArrayList<>();
        StringBuilder data = new StringBuilder();
        boolean any = false;
        String text = stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
        for (String line : text.split("\r\n|\n|\r", -1)) {
            if (line.isEmpty()) {
                if (any) {
                    messages.add(data.toString());
                }
                data.setLength(0);
                any = false;
            } else if (line.equals("data") || line.startsWith("data:")) {
                String value = line.length() < 6 ? "" : line.substring(line.charAt(5) == ' ' ? 6 : 5);
                data.append(any ? "\n" : "").append(value);
                any = true;
            }
        }
        return messages;
    }
}
