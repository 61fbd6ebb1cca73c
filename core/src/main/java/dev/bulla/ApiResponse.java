package dev.bulla;

import dev.bulla.error.Obstacle;
import dev.bulla.explain.Answered;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Provider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a service's API answered, whatever the status. {@code toString} shows the status only. */
public final class ApiResponse {
    private final HttpAnswer answer;
    private final Provider provider;

    /** What an answer is. Refusals of this library are no answers, but exceptions. */
    public enum Kind {
        /** 2xx, and 304. */
        DONE,
        /** Another 3xx: it is not followed, and the place that it names was told nothing. */
        ELSEWHERE,
        /** 401, in spite of a refresh: the service does not accept the account's credential. Connecting again may help. */
        UNAUTHORIZED,
        /** 403: the service does not allow this to the account. A permission, a role or a plan is missing. */
        FORBIDDEN,
        /** 429: the service wants a pause. While it lasts, where it said how long, nothing is sent for this account. */
        THROTTLED,
        /** Another 4xx: the request is not as the service wants it. */
        REFUSED,
        /** 5xx: the service failed. */
        FAILED
    }

    ApiResponse(HttpAnswer answer, Provider provider) {
        this.answer = answer;
        this.provider = provider;
    }

    public int status() {
        return answer.status();
    }

    /** What kind of answer it is. */
    public Kind kind() {
        return switch (status()) {
            case 304 -> Kind.DONE;
            case 401 -> Kind.UNAUTHORIZED;
            case 403 -> Kind.FORBIDDEN;
            case 429 -> Kind.THROTTLED;
            default ->
                status() >= 500
                        ? Kind.FAILED
                        : status() >= 400 ? Kind.REFUSED : status() >= 300 ? Kind.ELSEWHERE : Kind.DONE;
        };
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

    /**
     * What the answer means to people, where the provider's walkthrough knows it or its status says it: who can put it right, and where. A
     * 401 came in spite of a refresh. Empty for a success, and where nobody but the caller knows. The body is searched for words that the
     * service is known to say, and goes nowhere.
     */
    public Optional<Obstacle> advice() {
        return Answered.advice(provider, answer);
    }

    @Override
    public String toString() {
        return "ApiResponse[" + status() + "]";
    }
}
