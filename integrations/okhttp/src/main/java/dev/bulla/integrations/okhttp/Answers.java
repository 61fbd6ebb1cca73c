package dev.bulla.integrations.okhttp;

import dev.bulla.ApiResponse;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** What the answer to a session becomes for OkHttp. */
final class Answers {
    private Answers() {}

    static Response response(Request request, ApiResponse answer, long sent) {
        MediaType type = answer.header("Content-Type").map(MediaType::parse).orElse(null);
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(answer.status())
                .message("") // HTTP/2 and later have none either
                .headers(headers(answer))
                .body(ResponseBody.create(answer.body(), type))
                .sentRequestAtMillis(sent)
                .receivedResponseAtMillis(System.currentTimeMillis())
                .build();
    }

    private static Headers headers(ApiResponse answer) {
        Headers.Builder headers = new Headers.Builder();
        answer.headers().forEach((name, values) -> {
            if (isName(name)) {
                values.forEach(value -> headers.addUnsafeNonAscii(name, value));
            }
        });
        return headers.build();
    }

    /** Some servers send lines that are no headers; whoever wants one of those asks the session itself. */
    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
