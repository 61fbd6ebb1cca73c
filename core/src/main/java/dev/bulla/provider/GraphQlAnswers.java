package dev.bulla.provider;

import dev.bulla.tool.AnswerKind;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What GraphQL says of itself.
 *
 * @param codes what the code or type of the first error means
 */
record GraphQlAnswers(Map<String, AnswerKind> codes) implements AnswerReader {
    GraphQlAnswers {
        codes = Map.copyOf(codes);
    }

    @Override
    public boolean reads(String path) {
        return path.endsWith("/graphql") || path.endsWith("/graphql.json");
    }

    @Override
    public @Nullable AnswerKind read(String path, Json answer) {
        return answer.objects("errors").stream()
                .findFirst()
                .filter(error -> reads(path))
                .map(this::meaning)
                .orElse(null);
    }

    private AnswerKind meaning(Json error) {
        return Stream.of(error.text("extensions", "code"), error.text("extensions", "type"), error.text("type"))
                .flatMap(Optional::stream)
                .filter(codes::containsKey)
                .map(codes::get)
                .findFirst()
                .orElse(AnswerKind.REFUSED);
    }
}
