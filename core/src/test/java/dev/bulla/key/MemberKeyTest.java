package dev.bulla.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberKeyTest {
    /** Written down once; it must be read for ever. */
    private static final String TEXT = "bulla1-qyqqz-qsrqs-zsvpc-gpy9q-krqdp-c83qy-gjzv2-p29sh-rqv35-xcur5-0p72k-z5dl";

    private static final String SEED = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @Test
    void textOfEarlierReleasesIsRead() {
        MemberKey key = MemberKey.parse(TEXT);

        assertThat(HexFormat.of().formatHex(key.revealSeed())).isEqualTo(SEED);
        assertThat(key.revealText()).isEqualTo(TEXT);
    }

    @Test
    void generatedKeysAreReadAgainAndDiffer() {
        MemberKey key = MemberKey.generate();

        assertThat(key.revealText()).matches("bulla1(-[a-z0-9]{5}){11}-[a-z0-9]{4}");
        assertThat(MemberKey.parse(key.revealText().toCharArray()).revealSeed()).isEqualTo(key.revealSeed());
        assertThat(MemberKey.generate().revealSeed()).isNotEqualTo(key.revealSeed());
    }

    @Test
    void groupingAndCaseDoNotMatter() {
        String plain = TEXT.replace("-", "");
        for (String same : List.of(
                plain,
                TEXT.toUpperCase(Locale.ROOT),
                "  " + TEXT.replace('-', ' ') + "\r\n",
                TEXT.replace("-", " - "),
                String.join("\n", plain.split("(?<=\\G.{7})")),
                "\t" + plain.toUpperCase(Locale.ROOT))) {
            assertThat(MemberKey.parse(same).revealText()).isEqualTo(TEXT);
        }
    }

    @Test
    void theCallersArrayIsLeftAlone() {
        char[] chars = TEXT.toUpperCase(Locale.ROOT).toCharArray();

        MemberKey.parse(chars);

        assertThat(chars).isEqualTo(TEXT.toUpperCase(Locale.ROOT).toCharArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "-\n-"})
    void emptyIsTold(String text) {
        assertThat(mistake(text)).isEqualTo("the member key is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "bulla", "bulla2", "bullq1", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "hello"})
    void anotherPrefixIsTold(String text) {
        // A token of somebody else mixes cases; what it is not comes second to that.
        assertThat(mistake(text.toLowerCase(Locale.ROOT))).isEqualTo("this is no member key: those start with bulla1");
    }

    @Test
    void aLongTextOfAnotherKindIsToldByItsPrefix() {
        assertThat(mistake("x".repeat(5000))).isEqualTo("this is no member key: those start with bulla1");
    }

    @ParameterizedTest
    @CsvSource({"7,b", "7,1", "20,i", "64,o", "65,_", "30,/"})
    void aCharacterOutsideTheAlphabetIsToldWithItsPosition(int position, char wrong) {
        assertThat(mistake(replaced(position, wrong)))
                .isEqualTo("character " + position + " of the member key, not counting blanks and dashes,"
                        + " does not occur in member keys (nor do 1, b, i and o here)");
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u00e9', '\u00a0', '\u2013', '\u0430', '\u0000', '\u007f', '\ud83d'})
    void aCharacterBeyondAsciiIsToldWithItsPosition(char wrong) {
        assertThat(mistake(replaced(12, wrong)))
                .isEqualTo(
                        "character 12 of the member key, not counting blanks and dashes, is not a plain letter or digit");
    }

    @Test
    void mixedCaseIsTold() {
        assertThat(mistake("Bulla1" + TEXT.substring(6)))
                .isEqualTo("the member key mixes capital and small letters: write all of it in one case");
        assertThat(mistake(TEXT.substring(0, 10) + TEXT.substring(10).toUpperCase(Locale.ROOT)))
                .startsWith("the member key mixes");
    }

    @Test
    void lengthIsTold() {
        assertThat(mistake(TEXT.substring(0, TEXT.length() - 1)))
                .isEqualTo("the member key has 64 instead of 65 characters, not counting blanks and dashes");
        assertThat(mistake(TEXT + "q"))
                .isEqualTo("the member key has more than 65 characters, not counting blanks and dashes");
        assertThat(mistake("bulla1"))
                .isEqualTo("the member key has 6 instead of 65 characters, not counting blanks and dashes");
        assertThat(mistake(TEXT + "q".repeat(100_000))).startsWith("the member key has more than 65");
    }

    @Test
    void oneToFourMistypedCharactersAreTold() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            char[] key = MemberKey.parse(TEXT).revealText().replace("-", "").toCharArray();
            char[] good = key.clone();
            for (int i = 0; i <= round % 4; i++) {
                key[6 + random.nextInt(59)] = Bech32m.ALPHABET.charAt(random.nextInt(32));
            }
            if (!Arrays.equals(key, good)) {
                assertThat(mistake(new String(key)))
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo("the checksum of the member key does not match: at least one character is mistyped");
            }
        }
    }

    @Test
    void anotherVersionIsTold() {
        byte[] bytes = new byte[33];
        bytes[0] = 2;

        assertThat(mistake(withChecksum(Bech32m.unpack(bytes))))
                .isEqualTo("the member key is of a version that is not known here");
    }

    @Test
    void aKeyHasOneText() {
        byte[] bytes = new byte[33];
        bytes[0] = 1;
        int[] data = Bech32m.unpack(bytes);
        assertThat(MemberKey.parse(withChecksum(data)).revealSeed()).isEqualTo(new byte[32]);
        data[data.length - 1] |= 1;

        assertThat(mistake(withChecksum(data))).isEqualTo("the member key is of a version that is not known here");
    }

    @Test
    void mistakesHoldNoPartOfTheText() {
        String text = "bulla1" + "XyZwvT".repeat(9);
        for (String wrong :
                List.of(text, text.toLowerCase(Locale.ROOT), TEXT + "q", TEXT.substring(7), replaced(20, 'i'))) {
            String message = mistake(wrong);
            String letters = wrong.replace("-", "").replace("bulla1", "");
            for (int i = 0; i + 4 <= letters.length(); i++) {
                assertThat(message).doesNotContainIgnoringCase(letters.substring(i, i + 4));
            }
        }
    }

    @Test
    void nothingShowsTheKey() {
        MemberKey key = MemberKey.parse(TEXT);

        assertThat(key).hasToString("MemberKey[redacted]").isNotInstanceOf(Serializable.class);
        assertThat(key).isNotEqualTo(MemberKey.parse(TEXT));
        assertThat(Arrays.stream(MemberKey.class.getDeclaredMethods()).map(java.lang.reflect.Method::getName))
                .doesNotContain("equals", "hashCode");
    }

    @Test
    void whatIsReadCanBeOverwritten() {
        MemberKey key = MemberKey.parse(TEXT);

        Arrays.fill(key.revealSeed(), (byte) 0);

        assertThat(key.revealText()).isEqualTo(TEXT);
    }

    private static String replaced(int position, char wrong) {
        char[] letters = TEXT.replace("-", "").toCharArray();
        letters[position - 1] = wrong;
        return new String(letters);
    }

    private static String withChecksum(int[] data) {
        StringBuilder text = new StringBuilder("bulla1");
        for (int[] part : List.of(data, Bech32m.checksum("bulla", data))) {
            Arrays.stream(part).forEach(value -> text.append(Bech32m.ALPHABET.charAt(value)));
        }
        return text.toString();
    }

    private static String mistake(String text) {
        BullaException thrown = catchThrowableOfType(BullaException.class, () -> MemberKey.parse(text));
        assertThat(thrown).isNotNull().hasNoCause();
        assertThat(thrown.code()).isEqualTo(ErrorCode.KEY_MALFORMED);
        return thrown.getMessage();
    }
}
