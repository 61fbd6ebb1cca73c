package dev.bulla.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.http.StrictJson;
import dev.bulla.provider.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what is kept of a field with what is documented: keys as keys, JSON as JSON, and anything else letter by letter. */
final class Kept {
    private Kept() {}

    static void assertSame(String why, String documented, Optional<Secret> kept) {
        assertThat(kept.map(Secret::reveal).map(Kept::essence)).as(why).contains(essence(documented));
    }

    private static Object essence(String text) {
        if (text.startsWith("{")) {
            return members(text);
        }
        return text.startsWith("-----BEGIN") ? text.replaceAll("\\s", "") : text;
    }

    private static Object members(String text) {
        String wrapped = "{\"all\":[" + text + "]}";
        return StrictJson.document(wrapped.getBytes(StandardCharsets.UTF_8))
                .list("all")
                .map(Object.class::cast)
                .orElseThrow();
    }

    /** Whether two names are the same but for the way in which words are joined. */
    static boolean alike(@Nullable String one, String other) {
        return one != null && plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(java.util.Locale.ROOT);
    }
}
