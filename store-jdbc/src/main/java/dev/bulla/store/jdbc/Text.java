package dev.bulla.store.jdbc;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One SQL text, written with the prefix {@code bulla_} and with {@code :now} for database time. Tests move that time by an offset;
 * without one the text is made once.
 */
final class Text {
    private final String names;
    private final String now;
    private final @Nullable LongSupplier offset;
    private final String plain;

    Text(String template, Dialect dialect, String prefix, @Nullable LongSupplier offset) {
        this.names = template.replace("bulla_", prefix);
        this.now = dialect.now();
        this.offset = offset;
        this.plain = names.replace(":now", now);
    }

    String sql() {
        return offset == null ? plain : names.replace(":now", "(" + now + " + " + offset.getAsLong() + ")");
    }
}
