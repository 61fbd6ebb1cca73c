package dev.bulla;

import dev.bulla.key.MemberKey;
import java.util.concurrent.atomic.AtomicReference;

/** A member key that was just made. Its text can be read once, to show it to the member; {@code toString} never shows it. */
public final class IssuedKey {
    private final AtomicReference<MemberKey> key;

    IssuedKey(MemberKey key) {
        this.key = new AtomicReference<>(key);
    }

    /**
     * The text of the key, in groups.
     *
     * @throws IllegalStateException the second time
     */
    public String text() {
        MemberKey once = key.getAndSet(null);
        if (once == null) {
            throw new IllegalStateException("the text of a key is shown once");
        }
        return once.revealText();
    }

    @Override
    public String toString() {
        return "IssuedKey[redacted]";
    }
}
