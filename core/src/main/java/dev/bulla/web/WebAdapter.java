package dev.bulla.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every adapter does, in one place, for those who write one: a body is read up to {@link WebRequest#LONGEST_RAW}, a form is told
 * from other text, and whatever goes wrong is a {@link Problem} without details: 413 for a longer body, 400 for a form that can not be
 * decoded, 500 where the handler fails. Thread-safe as far as the handler is.
 */
public final class WebAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(WebAdapter.class);
    private static final String FORM = "application/x-www-form-urlencoded";

    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");

    private final WebHandler handler;

    private WebAdapter(WebHandler handler) {
        this.handler = handler;
    }

    public static WebAdapter of(WebHandler handler) {
        return new WebAdapter(handler);
    }

    /**
     * What comes before a body: the parts of {@link WebRequest} of these names.
     *
     * @param contentType value of that header, or empty
     */
    public record Head(
            String method,
            String path,
            String query,
            Map<String, List<String>> headers,
            String contentType,
            String remote) {
        /** Whether the body is a form, whatever the case and parameters of its type. */
        public boolean isForm() {
            return contentType.split(";", 2)[0].strip().equalsIgnoreCase(FORM);
        }

        @Override
        public String toString() {
            return "Head[" + method + "]";
        }
    }

    /**
     * The path as handlers see it: decoded, and without what stands behind semicolons.
     *
     * @param raw as it stands in the request line, without the query
     * @throws IllegalArgumentException where it can not be decoded
     */
    public static String path(String raw) {
        String plain = PARAMETERS.matcher(raw).replaceAll("");
        return URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The answer to what can not be decoded. */
    public static WebResponse unreadable() {
        return Problem.UNREADABLE.toResponse();
    }

    /** @throws IOException where the body can not be read to its end */
    public WebResponse answer(Head head, InputStream body) throws IOException {
        return answer(head, body.readNBytes(WebRequest.LONGEST_RAW + 1));
    }

    /** The same with a body that is read already, as far as its first byte too many. */
    public WebResponse answer(Head head, byte[] body) {
        if (body.length > WebRequest.LONGEST_RAW) {
            return Problem.TOO_LARGE.toResponse();
        }
        return answer(head, new String(body, StandardCharsets.UTF_8), Optional.of(RawBody.of(body)));
    }

    /** The same where something else has read the text already, as far as its first character too many: its bytes are lost. */
    public WebResponse answer(Head head, String text) {
        return text.length() > WebRequest.LONGEST_RAW
                ? Problem.TOO_LARGE.toResponse()
                : answer(head, text, Optional.empty());
    }

    private WebResponse answer(Head head, String text, Optional<RawBody> raw) {
        if (!head.isForm()) {
            return answer(head, Map.of(), text, raw);
        }
        Map<String, List<String>> form;
        try {
            form = WebRequest.decode(text);
        } catch (IllegalArgumentException e) {
            return unreadable();
        }
        return answer(head, form, "", raw);
    }

    /** The same where something else has read the form already. */
    public WebResponse answer(Head head, Map<String, List<String>> form) {
        return WebRequest.length(form) > WebRequest.LONGEST_RAW
                ? Problem.TOO_LARGE.toResponse()
                : answer(head, form, "", Optional.empty());
    }

    private WebResponse answer(Head head, Map<String, List<String>> form, String body, Optional<RawBody> raw) {
        try {
            return handler.handle(new WebRequest(
                    head.method(), head.path(), head.query(), head.headers(), form, body, head.remote(), raw));
        } catch (RuntimeException e) { // its text may hold values
            LOG.warn("a request failed: {}", e.getClass().getName());
            return Problem.INTERNAL.toResponse();
        }
    }
}
