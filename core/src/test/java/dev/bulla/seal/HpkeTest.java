package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.agreement.X25519Agreement;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The library under the member slots does what RFC 9180 and RFC 7748 say, and the slots use it as they should. */
class HpkeTest {
    private static final byte[] INFO = "info".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest(name = "RFC 9180 A.1.1 sequence {0}")
    @CsvFileSource(resources = "rfc9180-a1-1.csv", useHeadersInDisplayName = true)
    void sealsAndOpensAsTheRfcDoes(
            int sequence, String ikmE, String ikmR, String enc, String info, String aad, String pt, String ct)
            throws Exception {
        HPKE hpke = hpke(HPKE.aead_AES_GCM128);
        AsymmetricCipherKeyPair sender = hpke.deriveKeyPair(hex(ikmE));
        AsymmetricCipherKeyPair recipient = hpke.deriveKeyPair(hex(ikmR));
        HPKEContextWithEncapsulation sealing = hpke.setupBaseS(recipient.getPublic(), hex(info), sender);
        HPKEContext opening = hpke(HPKE.aead_AES_GCM128).setupBaseR(hex(enc), recipient, hex(info));
        for (int i = 0; i < sequence; i++) {
            opening.open(new byte[0], sealing.seal(new byte[0], new byte[0]));
        }

        assertThat(sealing.getEncapsulation()).isEqualTo(hex(enc));
        assertThat(sealing.seal(hex(aad), hex(pt))).isEqualTo(hex(ct));
        assertThat(opening.open(hex(aad), hex(ct))).isEqualTo(hex(pt));
    }

    @Test
    void sealsAndOpensAsTheAccumulatedVectorsDo() throws Exception {
        int count = 0;
        for (Json vector : Json.parseList(Vectors.read("rfc9180-x25519-base.json"))) {
            count++;
            short aead = (short) vector.number("aead_id");
            HPKE hpke = hpke(aead);
            AsymmetricCipherKeyPair sender = hpke.deriveKeyPair(vector.hex("ikmE"));
            AsymmetricCipherKeyPair recipient = hpke.deriveKeyPair(vector.hex("ikmR"));
            assertThat(hpke.serializePublicKey(recipient.getPublic())).isEqualTo(vector.hex("pkRm"));
            byte[] info = vector.hex("info");
            HPKEContextWithEncapsulation sealing = hpke.setupBaseS(recipient.getPublic(), info, sender);
            HPKEContext opening = hpke(aead).setupBaseR(vector.hex("enc"), recipient, info);
            assertThat(sealing.getEncapsulation()).isEqualTo(vector.hex("enc"));

            SHAKEDigest source = new SHAKEDigest(128);
            SHAKEDigest sink = new SHAKEDigest(128);
            for (int i = 0; i < 1000; i++) {
                byte[] aad = draw(source);
                byte[] plain = draw(source);
                byte[] sealed = sealing.seal(aad, plain);
                sink.update(sealed, 0, sealed.length);
                assertThat(opening.open(aad, sealed)).isEqualTo(plain);
            }
            byte[] accumulated = new byte[16];
            sink.doOutput(accumulated, 0, 16);
            assertThat(accumulated).isEqualTo(vector.hex("encryptions_accumulated"));
        }
        assertThat(count).isEqualTo(3);
    }

    @Test
    void agreesOnX25519AsWycheproofDoes() {
        int count = 0;
        for (Json group :
                Json.parse(Vectors.read("wycheproof/x25519_test.json")).objects("testGroups")) {
            for (Json test : group.objects("tests")) {
                count++;
                byte[] shared = new byte[32];
                try {
                    X25519Agreement agreement = new X25519Agreement();
                    agreement.init(new X25519PrivateKeyParameters(test.hex("private")));
                    agreement.calculateAgreement(new X25519PublicKeyParameters(test.hex("public")), shared, 0);
                } catch (IllegalStateException e) {
                    // A shared secret of zeros: the vectors accept both, HPKE must refuse it.
                    assertThat(test.text("result")).isEqualTo("acceptable");
                    continue;
                }
                assertThat(shared).as("tcId %d", test.number("tcId")).isEqualTo(test.hex("shared"));
            }
        }
        assertThat(count).isEqualTo(518);
    }

    @Test
    void anotherInfoIsRefused() {
        MemberPair pair = MemberPair.ofSeed(new byte[32]);
        HpkeBox.Box box = HpkeBox.seal(pair.publicKey(), new byte[32], INFO, new byte[32]);

        assertThat(HpkeBox.open(pair, box, INFO)).isEqualTo(new byte[32]);
        Refusals.assertRefused(() -> HpkeBox.open(pair, box, new byte[0]));
    }

    @Test
    void whateverTheLibraryThrowsIsOneRefusal() {
        MemberPair pair = MemberPair.ofSeed(new byte[32]);
        byte[] key = pair.publicKey().bytes();

        for (byte[] encapsulated : new byte[][] {new byte[32], new byte[0], new byte[31], new byte[33], key}) {
            for (byte[] ciphertext : new byte[][] {new byte[48], new byte[0], new byte[15]}) {
                HpkeBox.Box box = new HpkeBox.Box(encapsulated, ciphertext);
                Refusals.assertRefused(() -> HpkeBox.open(pair, box, INFO));
            }
        }
    }

    private static byte[] draw(SHAKEDigest source) {
        byte[] length = new byte[1];
        source.doOutput(length, 0, 1);
        byte[] drawn = new byte[length[0] & 0xff];
        source.doOutput(drawn, 0, drawn.length);
        return drawn;
    }

    private static HPKE hpke(short aead) {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, aead);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
