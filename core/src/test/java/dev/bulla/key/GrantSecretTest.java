package dev.bulla.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The text of a grant: read as it is written, in any grouping, and told from everything else. */
class GrantSecretTest {
    private static void refused(String text, String mistake) {
        assertThatThrownBy(() -> GrantSecret.parse(text))
                .isInstanceOfSatisfying(
                        BullaException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_MALFORMED))
                .hasMessageContaining(mistake)
                .hasMessageNotContaining(text.length() > 20 ? text.substring(15) : "\0");
    }

    @Test
    void whatIsWrittenIsRead() {
        for (int i = 0; i < 100; i++) {
            GrantSecret secret = GrantSecret.generate();
            String text = secret.revealText();
            assertThat(text).matches("bullagrant1(-[a-z0-9]{4,5}){12}");
            for (String written : new String[] {
                text, text.replace("-", ""), text.replace('-', ' '), text.toUpperCase(Locale.ROOT), "  " + text + "\n"
            }) {
                assertThat(GrantSecret.isMeant(written)).isTrue();
                assertThat(GrantSecret.parse(written).revealBytes()).isEqualTo(secret.revealBytes());
            }
        }
    }

    @Test
    void mistakesAreNamed() {
        String text = GrantSecret.generate().revealText();
        char last = text.charAt(text.length() - 1);
        refused("", "the grant is empty");
        refused(MemberKey.generate().revealText(), "this is no grant: those start with bullagrant1");
        refused(text.substring(0, text.length() - 1) + (last == 'q' ? 'p' : 'q'), "checksum of the grant");
        refused(text.substring(0, text.length() - 1), "the grant has 69 instead of 70 characters");
        refused(text + "q", "the grant has more than 70 characters");
        refused(text.replaceAll(".$", "b"), "does not occur in grants");
        refused("B" + text.substring(1), "mixes capital and small letters");
    }

    @Test
    void aKeyIsNoGrantAndAGrantIsNoKey() {
        MemberKey key = MemberKey.generate();
        assertThat(GrantSecret.isMeant(key.revealText())).isFalse();
        assertThat(GrantSecret.isMeant("bullagrant")).isFalse();
        assertThatThrownBy(() -> MemberKey.parse(GrantSecret.generate().revealText()))
                .hasMessageContaining("this is no member key");
    }

    @Test
    void nothingShowsIt() {
        assertThat(GrantSecret.generate()).hasToString("GrantSecret[redacted]");
    }
}
