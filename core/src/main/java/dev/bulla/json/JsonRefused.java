package dev.bulla.json;

/** The bytes are not the JSON that is taken. Says nothing of the content. */
public final class JsonRefused extends Exception {
    private static final long serialVersionUID = 1L;

    JsonRefused() {
        super("not the JSON that is taken", null, false, false);
    }
}
