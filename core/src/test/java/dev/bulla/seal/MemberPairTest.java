package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.error.ErrorCode;
import dev.bulla.key.MemberKey;
import java.io.Serializable;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberPairTest {
    @Test
    void aKeyAlwaysGivesTheSamePairAndItsSeedDoesToo() {
        MemberKey key = MemberKey.generate();
        MemberPair pair = MemberPair.of(key);

        assertThat(MemberPair.of(MemberKey.parse(key.revealText())).publicKey()).isEqualTo(pair.publicKey());
        assertThat(MemberPair.ofSeed(key.revealSeed()).publicKey()).isEqualTo(pair.publicKey());
        assertThat(MemberPair.of(MemberKey.generate()).publicKey()).isNotEqualTo(pair.publicKey());
    }

    @Test
    void thePrivateKeyIsNotTheSeed() {
        MemberKey key = MemberKey.generate();

        assertThat(MemberPair.of(key).revealPrivateKey()).isNotEqualTo(key.revealSeed());
    }

    @Test
    void aSeedOfAnotherLengthIsRefused() {
        Refusals.assertRefused(() -> MemberPair.ofSeed(new byte[31]));
        Refusals.assertRefused(() -> MemberPair.ofSeed(new byte[0]));
    }

    @Test
    void nothingShowsThePrivateKey() {
        MemberPair pair = MemberPair.of(MemberKey.generate());

        assertThat(pair).isNotInstanceOf(Serializable.class);
        assertThat(pair.toString())
                .isEqualTo("MemberPair[" + pair.publicKey().fingerprint() + "]")
                .doesNotContain(
                        HexFormat.of().formatHex(pair.revealPrivateKey()).substring(0, 8));
        assertThat(pair).isNotEqualTo(MemberPair.ofSeed(new byte[32]));
    }

    @Test
    void aPublicKeyHasOneTextAndAFingerprintOfEightGroups() {
        MemberPublicKey key = MemberPair.of(MemberKey.generate()).publicKey();

        assertThat(MemberPublicKey.parse(key.text())).isEqualTo(key).hasSameHashCodeAs(key);
        assertThat(key.fingerprint()).matches("[0-9a-f]{4}( [0-9a-f]{4}){7}");
        assertThat(key).hasToString("MemberPublicKey[" + key.fingerprint() + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "++++++++++++++++++++++++++++++++++++++++++A",
                "not base64"
            })
    void anotherTextIsNoPublicKey(String text) {
        Refusals.assertCode(() -> MemberPublicKey.parse(text), ErrorCode.KEY_ROW_REFUSED);
    }
}
