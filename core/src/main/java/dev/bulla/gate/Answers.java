package dev.bulla.gate;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.AnswerReader;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Provider;
import dev.bulla.tool.AnswerKind;
import org.jspecify.annotations.Nullable;

/** What an answer is, where the service may report a failure in a success. */
final class Answers {
    private Answers() {}

    static AnswerKind kind(Provider provider, String path, HttpAnswer answer) {
        AnswerKind byStatus = AnswerKind.of(answer.status());
        AnswerReader reader = provider.answers().orElse(null);
        boolean isJson = answer.header("content-type").orElse("").contains("json");
        if (byStatus != AnswerKind.DONE || reader == null || !isJson) {
            return byStatus;
        }
        AnswerKind said = said(reader, path, answer);
        return said == null ? byStatus : said;
    }

    private static @Nullable AnswerKind said(AnswerReader reader, String path, HttpAnswer answer) {
        try {
            return reader.read(path, StrictJson.document(answer));
        } catch (BullaException e) { // no object that can be read: then the status is all there is
            return null;
        }
    }
}
