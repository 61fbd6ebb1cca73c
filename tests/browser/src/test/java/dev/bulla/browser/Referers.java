package dev.bulla.browser;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okio.Buffer;

/** What a browser says about where it comes from. */
final class Referers {
    private Referers() {}

    /** Requests since the test began that named an address of this origin to another one. */
    static List<String> leaving(Browser browser, String origin) {
        List<String> told = new ArrayList<>();
        int requests = 0;
        for (String entry : browser.log("performance")) {
            Map<?, ?> message = Wire.fields(Wire.fields(parse(entry)).get("message"));
            if ("Network.requestWillBeSent".equals(message.get("method"))) {
                Map<?, ?> request =
                        Wire.fields(Wire.fields(message.get("params")).get("request"));
                requests++;
                String url = String.valueOf(request.get("url"));
                String referer =
                        String.valueOf(Wire.fields(request.get("headers")).get("Referer"));
                if (referer.startsWith(origin) && !url.startsWith(origin)) {
                    told.add(url + " was told " + referer);
                }
            }
        }
        if (requests == 0) {
            throw new IllegalStateException("the browser has logged no requests");
        }
        return told;
    }

    private static Object parse(String json) {
        try {
            return java.util.Objects.requireNonNull(
                    JsonReader.of(new Buffer().writeUtf8(json)).readJsonValue());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
