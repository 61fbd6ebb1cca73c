package dev.bulla.provider;

import dev.bulla.tool.AnswerKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds a failure in an answer whose status is a success: some services report theirs so. Implementations are pure. */
@FunctionalInterface
public interface AnswerReader {
    /**
     * What an answer is; null where it is what its status says.
     *
     * @param path of the call, percent-encoded
     * @param answer the JSON object that was answered
     */
    @Nullable
    AnswerKind read(String path, Json answer);

    /** Whether answers to calls of this path are looked at: those that are not need no reading. */
    default boolean reads(String path) {
        return true;
    }

    /**
     * GraphQL: an answer with errors is not done, even where a part of it was (specification of October 2021, 7.1).
     *
     * @param codes what the code or type of the first error means, where the service names one; what is not here is refused
     */
    static AnswerReader graphQl(Map<String, AnswerKind> codes) {
        return new GraphQlAnswers(codes);
    }

    /**
     * A field that tells, and a code beside it.
     *
     * @param good name of the truth value that is false in a failure
     * @param code name of the code
     * @param codes what codes mean; what is not here is refused
     */
    static AnswerReader flag(String good, String code, Map<String, AnswerKind> codes) {
        return (path, answer) -> answer.flag(good).orElse(true)
                ? null
                : answer.text(code).map(codes::get).orElse(AnswerKind.REFUSED);
    }
}
