package dev.bulla;

import dev.bulla.error.Obstacle;
import dev.bulla.explain.Answered;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Provider;
import dev.bulla.tool.AnswerKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a service's API answered, whatever the status. {@code toString} shows the status only. */
public final class ApiResponse {
    private final HttpAnswer answer;
    private final Provider provider;
    private final AnswerKind kind;
    private final String entry;

    ApiResponse(HttpAnswer answer, Provider provider, AnswerKind kind, String entry) {
        this.kind = kind;
        this.entry = entry;
        this.answer = answer;
        this.provider = provider;
    }

    public int status() {
        return answer.status();
    }

    /**
     * What kind of answer it is: by its status, and by what it says where the service is known to report failures in a success, as in
     * GraphQL.
     */
    public AnswerKind kind() {
        return kind;
    }

    /** Id of the audit's entry of this call, to be told to whoever asks what became of it; empty without an audit. */
    public String entry() {
        return entry;
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
