package dev.bulla.integrations.servlet;

import dev.bulla.web.WebAdapter;
import dev.bulla.web.WebHandler;
import dev.bulla.web.WebRequest;
import dev.bulla.web.WebResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Carries plain requests and answers as a servlet, mapped to the path of the base URI:
 *
 * <pre>{@code
 * context.addServlet("bulla", BullaServlet.of(handler)).addMapping("/bulla/*");
 * }</pre>
 *
 * <p>The path that the handler sees is the whole one, with the context path. Forms are read as UTF-8; where a filter has read the
 * parameters before, in whatever way, theirs are taken, without those of the query; the bytes that arrived are
 * lost then, so what a service signed can not be checked: let such filters pass by what lies below {@code hooks/}. Bodies are read up to
 * 1 MiB; a longer one is answered with 413, an unreadable form with 400, and what goes wrong behind it with 500 and no details: never by the container's error
 * page. The servlet needs no configuration and works without {@code init}. Thread-safe as far as the handler is.
 */
public final class BullaServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    /** Where Tomcat 10 says what Tomcat 11 throws. */
    private static final String PARSE_FAILED = "org.apache.catalina.parameter_parse_failed";

    private final transient WebAdapter adapter;

    private BullaServlet(WebHandler handler) {
        this.adapter = WebAdapter.of(handler);
    }

    public static BullaServlet of(WebHandler handler) {
        return new BullaServlet(handler);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(answer(request), request, response);
    }

    private WebResponse answer(HttpServletRequest request) throws IOException {
        String path;
        try {
            path = WebAdapter.path(request.getRequestURI());
        } catch (IllegalArgumentException e) {
            return WebAdapter.unreadable();
        }
        WebAdapter.Head head = new WebAdapter.Head(
                request.getMethod(),
                path,
                Objects.requireNonNullElse(request.getQueryString(), ""),
                headers(request),
                Objects.requireNonNullElse(request.getContentType(), ""),
                Objects.requireNonNullElse(request.getRemoteAddr(), ""));
        byte[] body;
        try {
            body = bytes(request);
        } catch (IllegalStateException e) { // a filter has asked for the reader
            String text;
            try {
                text = text(request.getReader());
            } catch (CharacterCodingException undecodable) {
                return WebAdapter.unreadable();
            }
            return text.isEmpty() && head.isForm() ? parameters(request, head) : adapter.answer(head, text);
        }
        return body.length > 0 || !head.isForm() ? adapter.answer(head, body) : parameters(request, head);
    }

    private WebResponse parameters(HttpServletRequest request, WebAdapter.Head head) {
        Map<String, List<String>> form;
        try {
            form = withoutQuery(request.getParameterMap(), head.query());
            if (request.getAttribute(PARSE_FAILED) != null) {
                return WebAdapter.unreadable();
            }
        } catch (RuntimeException e) { // each container has its own for what can not be decoded
            return WebAdapter.unreadable();
        }
        return adapter.answer(head, form);
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        return headers;
    }

    private static byte[] bytes(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > WebRequest.LONGEST_RAW) {
            return new byte[WebRequest.LONGEST_RAW + 1];
        }
        return request.getInputStream().readNBytes(WebRequest.LONGEST_RAW + 1);
    }

    private static String text(Reader reader) throws IOException {
        char[] chars = new char[WebRequest.LONGEST_RAW + 1];
        int length = 0;
        int read = 0;
        while (read >= 0 && length < chars.length) {
            read = reader.read(chars, length, chars.length - length);
            length += Math.max(0, read);
        }
        return new String(chars, 0, length);
    }

    /** Parameters of the query stand before those of the form (Jakarta Servlet 6.1, section 3.1). */
    private static Map<String, List<String>> withoutQuery(Map<String, String[]> parameters, String query) {
        Map<String, List<String>> before = WebRequest.decode(query);
        Map<String, List<String>> form = new LinkedHashMap<>();
        parameters.forEach((name, values) -> {
            int skipped = before.getOrDefault(name, List.of()).size();
            if (values.length > skipped) {
                form.put(name, new ArrayList<>(List.of(values)).subList(skipped, values.length));
            }
        });
        return form;
    }

    private static void write(WebResponse answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach((name, values) -> {
            boolean first = !name.equalsIgnoreCase("Set-Cookie"); // a filter may have set some of its own
            for (String value : values) {
                if (first) {
                    response.setHeader(name, value);
                } else {
                    response.addHeader(name, value);
                }
                first = false;
            }
        });
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0 && !request.getMethod().equals("HEAD")) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
