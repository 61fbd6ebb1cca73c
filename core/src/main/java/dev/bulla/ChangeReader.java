package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.model.AccountChange;
import dev.bulla.model.AccountChanges;
import dev.bulla.store.UpkeepStore;
import dev.bulla.store.UpkeepStore.Change;
import dev.bulla.vault.Views;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Reads changes of accounts in their order. The cursor is the point that was reached: time and id of the last change. */
final class ChangeReader {
    private static final int MOST = 10_000;
    private static final String FORMAT = "1";

    private final UpkeepStore store;

    ChangeReader(UpkeepStore store) {
        this.store = store;
    }

    private record Point(long millis, String id) {
        String text() {
            String plain = FORMAT + ' ' + millis + ' ' + id;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        }

        static Point of(String cursor) {
            if (cursor.isEmpty()) {
                return new Point(-1, "");
            }
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 3);
                if (parts.length == 3 && parts[0].equals(FORMAT) && isId(parts[2])) {
                    return new Point(Long.parseLong(parts[1]), parts[2]);
                }
            } catch (IllegalArgumentException e) {
                throw unreadable();
            }
            throw unreadable();
        }

        /** Visible ASCII: some databases refuse to compare with anything else. */
        private static boolean isId(String text) {
            return text.chars().allMatch(one -> one > ' ' && one < 0x7f);
        }

        private static BullaException unreadable() {
            return new BullaException(ErrorCode.INVALID_ARGUMENT, "this is not a cursor of changesSince");
        }
    }

    AccountChanges since(String cursor, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new BullaException(ErrorCode.INVALID_ARGUMENT, "a limit is from 1 to " + MOST);
        }
        Point from = Point.of(cursor);
        List<Change> found = store.changes(from.millis(), from.id(), limit);
        Change last = found.isEmpty() ? null : found.get(found.size() - 1);
        return new AccountChanges(
                found.stream().map(ChangeReader::view).toList(),
                last == null ? from.text() : new Point(last.changedAt(), last.id()).text(),
                found.size() < limit);
    }

    private static AccountChange view(Change change) {
        return new AccountChange(
                change.id(),
                change.tenant(),
                change.member(),
                change.connection(),
                change.connectionId(),
                change.provider(),
                change.label(),
                Views.status(change.status()),
                Views.reason(change.reason()),
                Instant.ofEpochMilli(change.changedAt()));
    }
}
