package dev.bulla.http;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.json.JsonRefused;
import dev.bulla.json.JsonTree;
import dev.bulla.provider.HttpAnswer;
import dev.bulla.provider.Json;
import java.util.Map;

/**
 * Reads JSON (RFC 8259) as strictly as it can be read: valid UTF-8 without byte order mark, exactly one object and nothing after it,
 * no name twice in one object, no bare control characters, no lone surrogates, bounded depth, texts and numbers. Content types are
 * not judged, because services mislabel their answers; the bytes decide. Thread-safe.
 *
 * <p>Whatever is not taken fails with {@link BullaException} {@code ANSWER_REFUSED}, without a word of the content.
 */
public final class StrictJson {
    private static final JsonTree TOKENS = JsonTree.within(8, 16 << 10);
    private static final JsonTree DOCUMENT = JsonTree.within(32, 256 << 10);

    private StrictJson() {}

    /** A token answer: at most 8 levels, texts of at most 16 KiB. */
    public static Json tokenAnswer(HttpAnswer answer) {
        return object(TOKENS, answer.body());
    }

    /** Metadata, key sets, identities and other documents: at most 32 levels. */
    public static Json document(HttpAnswer answer) {
        return document(answer.body());
    }

    /** As {@link #document(HttpAnswer)}, for bytes that came another way. */
    public static Json document(byte[] body) {
        return object(DOCUMENT, body);
    }

    /** As {@link #document(HttpAnswer)}; an array may stand in place of the object, and is found under the empty name. */
    public static Json documentOrArray(HttpAnswer answer) {
        return documentOrArray(answer.body());
    }

    /** As {@link #documentOrArray(HttpAnswer)}, for bytes that came another way. */
    public static Json documentOrArray(byte[] body) {
        if (!JsonTree.beginsArray(body)) {
            return document(body);
        }
        try {
            return new Json(Map.of("", DOCUMENT.array(body)));
        } catch (JsonRefused e) {
            throw refused();
        }
    }

    private static Json object(JsonTree tree, byte[] body) {
        try {
            return new Json(tree.object(body));
        } catch (JsonRefused e) {
            throw refused();
        }
    }

    private static BullaException refused() {
        return new BullaException(ErrorCode.ANSWER_REFUSED, "the answer is not the JSON that was expected");
    }
}
