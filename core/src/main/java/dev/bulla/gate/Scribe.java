package dev.bulla.gate;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.tool.AnswerKind;

/** The step that writes down what was let through, and what was not. Thread-safe. */
public interface Scribe {
    /**
     * Before a call goes on.
     *
     * @throws dev.bulla.error.BullaException {@code AUDIT_UNAVAILABLE} where nothing may happen that is not written down
     */
    Line begin(Passage passage);

    /** A step refused the call. It never throws. */
    void refused(Passage passage, BullaException refusal);

    /** A step refused the call, and whoever asks was refused so often that no entry is made of this one. It never throws. */
    void skipped(Passage passage);

    /** What became of a call that was let through. Exactly one of the verbs is called, once. */
    interface Line {
        /** Id of the entry that is made of it; empty where none is. */
        String entry();

        /** The service answered, or the token was handed out: then there is no status, and it is 0. */
        void answered(int status, AnswerKind kind);

        void failed(ErrorCode code);

        /** Nobody knows. */
        void lost();

        /** Where nothing is written down. */
        Line NONE = new Line() {
            @Override
            public String entry() {
                return "";
            }

            @Override
            public void answered(int status, AnswerKind kind) {}

            @Override
            public void failed(ErrorCode code) {}

            @Override
            public void lost() {}
        };
    }
}
