package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SealContextTest {
    @Test
    void differentContextsHaveDifferentBytes() {
        List<String> texts =
                List.of("", "a", "aa", "\u0000", "\u0000a", "a\u0000", "\u00e4", "a\u0308", "?", "A", "a ");
        Set<String> seen = new HashSet<>();
        int count = 0;
        for (String one : texts) {
            for (String two : texts) {
                for (String three : texts) {
                    seen.add(hex(new SealContext(one, two, three, "x", "y", 1)));
                    seen.add(hex(new SealContext("x", "y", one, two, three, 1)));
                    count += 2;
                }
            }
        }
        assertThat(seen).hasSize(count);
    }

    @Test
    void halfASurrogatePairIsRefused() {
        assertThatThrownBy(() -> new SealContext("t", "\ud83d", "c", "a", "p", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new SealContext("t", "\ud83d\ude00", "c", "a", "p", 1)).isNotNull();
    }

    @Test
    void lengthAndNumberHaveBounds() {
        assertThat(new SealContext("t".repeat(4096), "m", "c", "a", "p", Long.MAX_VALUE))
                .isNotNull();
        assertThatThrownBy(() -> new SealContext("t".repeat(4097), "m", "c", "a", "p", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SealContext("t", "m", "c", "a", "p", -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String hex(SealContext context) {
        Fields fields = new Fields();
        context.writeTo(fields);
        return HexFormat.of().formatHex(fields.toBytes());
    }
}
