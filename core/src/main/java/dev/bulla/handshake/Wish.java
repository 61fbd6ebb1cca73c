package dev.bulla.handshake;

import dev.bulla.store.AccountRow;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One wish to store, however often it is tried. Used by one thread. */
final class Wish {
    /** Whether a write was sent whose outcome is unknown. */
    boolean open;

    private @Nullable AccountRow former;
    private @Nullable AccountRow written;

    /** A write is about to be sent. */
    void begun(@Nullable AccountRow replaced, AccountRow row) {
        former = replaced;
        written = row;
        open = true;
    }

    /** What the last write was to replace; null where nothing was there. */
    @Nullable
    AccountRow former() {
        return former;
    }

    AccountRow written() {
        return Objects.requireNonNull(written);
    }

    /**
     * Whether the last write was carried out after all. Others may have written since, a refresh on another node say, with an attempt id
     * of their own: they leave the time of the consent and whose it is as they are. Two consents of one identity at one time are not told
     * apart: it is connected then, whichever is kept.
     */
    boolean isIn(AccountRow found) {
        AccountRow row = written;
        return open
                && row != null
                && (found.attempt().equals(row.attempt())
                        || found.sealNo() > row.sealNo()
                                && found.connectedAt() == row.connectedAt()
                                && Objects.equals(found.subject(), row.subject()));
    }
}
