package dev.bulla.integrations.okhttp;

import dev.bulla.ApiRequest;
import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;

/** What an OkHttp request becomes before a session sends it. */
final class Requests {
    static final int MOST_BYTES = 10 << 20;

    /** They belong to the connection, or to the form in which a body goes over it; both are the session's. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "accept-encoding",
            "expect",
            "te",
            "trailer");

    private Requests() {}

    static ApiRequest apiRequest(Request request, Set<String> replaced) throws IOException {
        ApiRequest call = ApiRequest.of(request.method(), target(request.url()));
        RequestBody body = request.body();
        if (body != null) {
            call = withBody(call, request, body);
        }
        for (String name : request.headers().names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (replaced.contains(name) || OF_THE_CONNECTION.contains(lower)) {
                continue;
            }
            if (lower.equals("authorization")) {
                throw new BullaException(
                        ErrorCode.INVALID_ARGUMENT,
                        "the request has an Authorization header of its own; the session attaches the credential");
            }
            if (body == null || !lower.equals("content-type")) {
                call = call.header(name, String.join(lower.equals("cookie") ? "; " : ", ", request.headers(name)));
            }
        }
        return call;
    }

    private static String target(HttpUrl url) {
        return url.newBuilder().fragment(null).build().uri().toString();
    }

    /** A body without a type and without bytes is none: what a POST needs in its place is the session's to say. */
    private static ApiRequest withBody(ApiRequest call, Request request, RequestBody body) throws IOException {
        if (body.isDuplex()) {
            throw tooMuch("a body that is written while the answer is read can not be sent");
        }
        byte[] bytes = bytes(body);
        String type = type(request, body);
        return bytes.length == 0 && type.isEmpty()
                ? call
                : call.body(type.isEmpty() ? "application/octet-stream" : type, bytes);
    }

    /** The body says better than the headers what it is, as it does in OkHttp. */
    private static String type(Request request, RequestBody body) {
        MediaType type = body.contentType();
        String header = request.header("Content-Type");
        return type != null ? type.toString() : header == null ? "" : header;
    }

    private static byte[] bytes(RequestBody body) throws IOException {
        if (body.contentLength() > MOST_BYTES) {
            throw tooMuch("the body is larger than 10 MiB");
        }
        Buffer buffer = new Buffer();
        BufferedSink sink = Okio.buffer(new ForwardingSink(buffer) {
            @Override
            public void write(Buffer source, long byteCount) throws IOException {
                if (buffer.size() + byteCount > MOST_BYTES) {
                    throw tooMuch("the body is larger than 10 MiB");
                }
                super.write(source, byteCount);
            }
        });
        body.writeTo(sink);
        sink.flush();
        return buffer.readByteArray();
    }

    private static BullaException tooMuch(String message) {
        return new BullaException(ErrorCode.INVALID_ARGUMENT, message);
    }
}
