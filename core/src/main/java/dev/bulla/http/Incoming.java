package dev.bulla.http;

import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.HttpCall.Purpose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Response;

/** Reads an answer within bounds; a body is counted as it comes out of decompression. */
final class Incoming {
    /** An answer that is not taken. The code is one of ours. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        final String error;

        Refused(String error) {
            super(error);
            this.error = error;
        }
    }

    private Incoming() {}

    static HttpAnswer read(Response response, Purpose purpose) throws IOException {
        if (response.code() < 200) {
            throw new Refused("answer_refused");
        }
        Map<String, List<String>> headers = headers(response, purpose);
        byte[] body = body(response, bodyLimit(purpose));
        boolean encoded = headers.getOrDefault("content-encoding", List.of()).stream()
                .anyMatch(value -> !value.equalsIgnoreCase("identity"));
        if (encoded && body.length > 0) {
            throw new Refused("answer_refused");
        }
        return new HttpAnswer(response.code(), headers, body);
    }

    private static byte[] body(Response response, int limit) throws IOException {
        if (response.request().method().equals("HEAD")) {
            return new byte[0];
        }
        if (response.body().contentLength() > limit) {
            throw new Refused("answer_too_large");
        }
        byte[] body = response.body().byteStream().readNBytes(limit + 1);
        if (body.length > limit) {
            throw new Refused("answer_too_large");
        }
        return body;
    }

    private static Map<String, List<String>> headers(Response response, Purpose purpose) throws Refused {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        int size = 0;
        for (int i = 0; i < response.headers().size(); i++) {
            String name = response.headers().name(i);
            String value = response.headers().value(i);
            size += name.length() + value.length() + 4;
            String real = name.equals(HideRetryAfter.HIDDEN) ? HideRetryAfter.REAL : name;
            headers.computeIfAbsent(real.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                    .add(value);
        }
        if (size > headerLimit(purpose)) {
            throw new Refused("answer_too_large");
        }
        return headers;
    }

    private static int bodyLimit(Purpose purpose) {
        return switch (purpose) {
            case TOKEN -> 256 << 10;
            case METADATA -> 512 << 10;
            case API -> 10 << 20;
        };
    }

    private static int headerLimit(Purpose purpose) {
        return purpose == Purpose.API ? 64 << 10 : 16 << 10;
    }
}
