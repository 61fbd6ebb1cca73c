package dev.bulla.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class Bech32mTest {
    @ParameterizedTest(name = "BIP-350 {0}")
    @CsvFileSource(resources = "bip350.csv", numLinesToSkip = 1, quoteCharacter = '`')
    void verifiesAsTheBipDoes(String text, boolean valid) {
        boolean capitals = !text.equals(text.toLowerCase(Locale.ROOT));
        int split = text.lastIndexOf('1');
        String prefix = text.substring(0, split);
        // M1VUXWEZ has a checksum over the prefix in capitals, which is what makes it invalid.
        String name = prefix.toLowerCase(Locale.ROOT);
        int[] values = text.substring(split + 1)
                .toLowerCase(Locale.ROOT)
                .chars()
                .map(Bech32m.ALPHABET::indexOf)
                .toArray();

        assertThat(Bech32m.verifies(name, values)).isEqualTo(valid);
        if (valid) {
            int[] data = Arrays.copyOf(values, values.length - Bech32m.CHECKSUM_LENGTH);
            assertThat(Bech32m.checksum(name, data)).isEqualTo(Arrays.copyOfRange(values, data.length, values.length));
        } else if (capitals && prefix.equals("M")) {
            assertThat(Bech32m.verifies(prefix, values)).isTrue();
        }
    }

    @Test
    void packLeadsBack() {
        for (int length = 0; length < 40; length++) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);

            assertThat(Bech32m.pack(Bech32m.unpack(bytes), length)).isEqualTo(bytes);
        }
    }
}
