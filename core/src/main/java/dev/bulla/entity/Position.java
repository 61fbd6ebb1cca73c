package dev.bulla.entity;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How far a harvest has come.
 *
 * @param source which of the sources
 * @param page which page of it comes next, from 1
 * @param cursor as the service named that page; empty for the first one
 */
record Position(int source, int page, String cursor) {
    static @Nullable Position parse(@Nullable String text, int sources) {
        if (text == null) {
            return sources == 0 ? null : new Position(0, 1, "");
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\n", 3);
            Position position = new Position(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts[2]);
            if (position.source >= 0 && position.source < sources && position.page > 0) {
                return position;
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw none();
        }
        throw none();
    }

    private static BullaException none() {
        return new BullaException(ErrorCode.INVALID_ARGUMENT, "a harvest goes on where the last one said");
    }

    @Nullable
    Position nextSource(int sources) {
        return source + 1 < sources ? new Position(source + 1, 1, "") : null;
    }

    String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((source + "\n" + page + "\n" + cursor).getBytes(StandardCharsets.UTF_8));
    }
}
