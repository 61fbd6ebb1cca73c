package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class HkdfTest {
    @ParameterizedTest(name = "RFC 5869 {0}")
    @CsvFileSource(resources = "rfc5869-sha256.csv", useHeadersInDisplayName = true, nullValues = "-")
    void derivesAsTheRfcDoes(String name, String ikm, String salt, String info, int length, String okm) {
        assertThat(Hkdf.derive(hex(ikm), hex(salt), hex(info), length)).isEqualTo(hex(okm));
    }

    @Test
    void derivesAsWycheproofDoes() {
        int count = 0;
        for (Json group :
                Json.parse(Vectors.read("wycheproof/hkdf_sha256_test.json")).objects("testGroups")) {
            for (Json test : group.objects("tests")) {
                count++;
                byte[] okm;
                try {
                    okm = Hkdf.derive(test.hex("ikm"), test.hex("salt"), test.hex("info"), test.number("size"));
                } catch (IllegalArgumentException e) {
                    assertThat(test.text("result")).isEqualTo("invalid");
                    continue;
                }
                assertThat(test.text("result")).isEqualTo("valid");
                assertThat(okm).as("tcId %d", test.number("tcId")).isEqualTo(test.hex("okm"));
            }
        }
        assertThat(count).isEqualTo(86);
    }

    private static byte[] hex(String text) {
        return text == null ? new byte[0] : HexFormat.of().parseHex(text);
    }
}
