package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LockTest {
    @Test
    void closesAndOpensAsWycheproofDoes() {
        int count = 0;
        for (Json group :
                Json.parse(Vectors.read("wycheproof/aes_gcm_test.json")).objects("testGroups")) {
            if (group.number("keySize") != 256 || group.number("ivSize") != 96 || group.number("tagSize") != 128) {
                continue;
            }
            for (Json test : group.objects("tests")) {
                count++;
                Lock lock = Lock.of(join(test.hex("key"), test.hex("iv")));
                byte[] sealed = join(test.hex("ct"), test.hex("tag"));
                if (test.text("result").equals("valid")) {
                    assertThat(lock.close(test.hex("aad"), test.hex("msg"))).isEqualTo(sealed);
                    assertThat(lock.open(test.hex("aad"), sealed)).isEqualTo(test.hex("msg"));
                } else {
                    Refusals.assertRefused(() -> lock.open(test.hex("aad"), sealed));
                }
            }
        }
        assertThat(count).isEqualTo(66);
    }

    @Test
    void lessThanATagIsRefused() {
        for (int length = 0; length < Lock.TAG; length++) {
            byte[] sealed = new byte[length];
            Refusals.assertRefused(() -> Lock.of(new byte[44]).open(new byte[0], sealed));
        }
    }

    @Test
    void takesKeyAndNonceAndNothingElse() {
        assertThatThrownBy(() -> Lock.of(new byte[43])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] join(byte[] first, byte[] second) {
        return new Fields().raw(first).raw(second).toBytes();
    }
}
