package dev.bulla.gate;

import dev.bulla.error.BullaException;
import dev.bulla.http.StrictJson;
import dev.bulla.provider.AnswerReader;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Provider;
import dev.bulla.tool.AnswerKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an answer is, where the service may report a failure in a success. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    static AnswerKind kind(Provider provider, String path, HttpAnswer answer) {
        AnswerKind byStatus = AnswerKind.of(answer.status());
        AnswerReader reader = provider.answers().orElse(null);
        boolean isJson = answer.header("content-type").orElse("").contains("json");
        if (byStatus != AnswerKind.DONE || reader == null || !isJson) {
            return byStatus;
        }
        AnswerKind said = said(provider, reader, path, answer);
        return said == null ? byStatus : said;
    }

    private static @Nullable AnswerKind said(Provider provider, AnswerReader reader, String path, HttpAnswer answer) {
        try {
            return reader.reads(path) ? reader.read(path, StrictJson.document(answer)) : null;
        } catch (BullaException e) { // no object that can be read: then the status is all there is
            return null;
        } catch (RuntimeException e) { // of a provider's own code: it takes no answer away from what was done
            LOG.warn(
                    "how '{}' reports failures can not be read: {}",
                    provider.id(),
                    e.getClass().getName());
            return null;
        }
    }
}
