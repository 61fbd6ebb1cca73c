package dev.bulla;

import dev.bulla.provider.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a service's API answered, whatever the status. {@code toString} shows the status only. */
public final class ApiResponse {
    private final HttpAnswer answer;

    ApiResponse(HttpAnswer answer) {
        this.answer = answer;
    }

    public int status() {
        return answer.status();
    }

    public Optional<String> header(String name) {
        return answer.header(name);
    }

    /** All headers, names in lower case. */
    public Map<String, List<String>> headers() {
        return answer.headers();
    }

    public byte[] body() {
        return answer.body();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ApiResponse[" + status() + "]";
    }
}
