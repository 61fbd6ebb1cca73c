package dev.bulla.handshake;

import dev.bulla.store.AccountRow;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One wish to store, however often it is tried. Used by one thread. */
final class Wish {
    /** Whether a write was sent whose outcome is unknown. */
    boolean open;

    /** The number of the contents that this replaces, 0 for none; -1 where it replaces whatever there is. */
    private final long over;

    private boolean moved;
    private @Nullable AccountRow former;
    private @Nullable AccountRow written;

    Wish() {
        this(-1);
    }

    Wish(long over) {
        this.over = over;
    }

    /** Whether there is something else by now than what is to be replaced. */
    boolean misses(Optional<AccountRow> found) {
        moved = over >= 0 && over != found.map(AccountRow::sealNo).orElse(0L);
        return moved;
    }

    boolean hasMoved() {
        return moved;
    }

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
