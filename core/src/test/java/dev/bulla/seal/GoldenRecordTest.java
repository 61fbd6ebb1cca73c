package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Version 1 for ever: what was sealed opens, what was altered does not. */
class GoldenRecordTest {
    private final Golden host = Golden.host();
    private final Golden member = Golden.member();

    @Test
    void hostRecordOpens() {
        Sealer sealer = new Sealer(host.ring());

        assertThat(sealer.open(host.record(), host.context())).isEqualTo(host.payload());
        assertThat(sealer.keyNo(host.record(), host.context())).isZero();
        assertThat(sealer.termOf(host.record())).isEqualTo(2);
    }

    @Test
    void memberRecordOpens() {
        Sealer sealer = new Sealer(member.ring());

        assertThat(sealer.open(member.record(), member.context(), member.pair()))
                .isEqualTo(member.payload());
        assertThat(sealer.keyNo(member.record(), member.context())).isEqualTo(member.keyNo());
        assertThat(member.pair().publicKey().text()).isEqualTo(member.publicKey());
        assertThat(member.pair().publicKey().fingerprint()).isEqualTo(member.fingerprint());
    }

    @Test
    void theWriterStillWritesTheSameBytes() {
        assertThat(new Sealer(host.ring(), Golden.countingRandom()).sealToHost(host.context(), host.payload()))
                .isEqualTo(host.record());
        MemberPublicKey key = MemberPublicKey.parse(member.publicKey());
        assertThat(new Sealer(member.ring(), Golden.countingRandom())
                        .sealToMember(member.context(), key, member.keyNo(), member.payload()))
                .isEqualTo(member.record());
    }

    @Test
    void everyAlteredByteIsRefused() {
        for (Golden golden : List.of(host, member)) {
            Sealer sealer = new Sealer(golden.ring());
            byte[] record = golden.record();
            for (int i = 0; i < record.length; i++) {
                for (int flip : new int[] {0x01, 0x80, 0xff}) {
                    byte[] altered = record.clone();
                    altered[i] ^= (byte) flip;
                    ErrorCode code = codeOf(() -> sealer.open(altered, golden.context(), golden.pair()));

                    boolean unknownTerm = i >= 5 && i < 9 && code == ErrorCode.HOST_KEY_MISSING;
                    assertThat(unknownTerm || code == ErrorCode.RECORD_REFUSED)
                            .as("byte %d gave %s", i, code)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void everyAlteredByteInsideTheOuterLockIsRefused() {
        for (Golden golden : List.of(host, member)) {
            Sealer sealer = new Sealer(golden.ring());
            byte[] inner = golden.inner();
            for (int i = 0; i < inner.length; i++) {
                byte[] altered = inner.clone();
                altered[i] ^= 0x01;
                byte[] record = golden.relocked(altered);
                ErrorCode code = codeOf(() -> sealer.open(record, golden.context(), golden.pair()));

                boolean fingerprint = golden == member && i >= 8 && i < 24 && code == ErrorCode.KEY_WRONG;
                assertThat(fingerprint || code == ErrorCode.RECORD_REFUSED)
                        .as("byte %d gave %s", i, code)
                        .isTrue();
            }
            assertThat(sealer.open(golden.relocked(inner), golden.context(), golden.pair()))
                    .isEqualTo(golden.payload());
        }
    }

    @Test
    void everyOtherContextIsRefused() {
        for (Golden golden : List.of(host, member)) {
            Sealer sealer = new Sealer(golden.ring());
            SealContext c = golden.context();
            for (SealContext other : List.of(
                    new SealContext("acme2", c.member(), c.connection(), c.account(), c.purpose(), c.sealNo()),
                    new SealContext(c.tenant(), "bob", c.connection(), c.account(), c.purpose(), c.sealNo()),
                    new SealContext(c.tenant(), c.member(), "other", c.account(), c.purpose(), c.sealNo()),
                    new SealContext(c.tenant(), c.member(), c.connection(), "other", c.purpose(), c.sealNo()),
                    new SealContext(c.tenant(), c.member(), c.connection(), c.account(), "other", c.sealNo()),
                    new SealContext(c.tenant(), c.member(), c.connection(), c.account(), c.purpose(), c.sealNo() + 1),
                    new SealContext(c.tenant(), c.member(), c.connection(), c.account(), c.purpose(), 0),
                    new SealContext(c.member(), c.tenant(), c.connection(), c.account(), c.purpose(), c.sealNo()),
                    new SealContext("ac", "me" + c.member(), c.connection(), c.account(), c.purpose(), c.sealNo()))) {
                Refusals.assertRefused(() -> sealer.open(golden.record(), other, golden.pair()));
                Refusals.assertRefused(() -> sealer.rewrap(golden.record(), other));
            }
        }
    }

    /** The outer lock of the ring's holder does not help to bring the inside to another row. */
    @Test
    void theInsideIsBoundToItsContextByItself() {
        for (Golden golden : List.of(host, member)) {
            SealContext c = golden.context();
            SealContext other =
                    new SealContext(c.tenant(), "bob", c.connection(), c.account(), c.purpose(), c.sealNo());
            byte[] moved = new OuterLock(golden.ring(), Golden.countingRandom()).close(golden.inner(), other);

            Refusals.assertRefused(() -> new Sealer(golden.ring()).open(moved, other, golden.pair()));
        }
    }

    @Test
    void everyCutAndEveryAdditionIsRefused() {
        for (Golden golden : List.of(host, member)) {
            Sealer sealer = new Sealer(golden.ring());
            byte[] record = golden.record();
            byte[] inner = golden.inner();
            for (int length = 0; length < record.length; length++) {
                byte[] cut = Arrays.copyOf(record, length);
                Refusals.assertRefused(() -> sealer.open(cut, golden.context(), golden.pair()));
            }
            for (int length = 0; length < inner.length; length++) {
                byte[] cut = golden.relocked(Arrays.copyOf(inner, length));
                Refusals.assertRefused(() -> sealer.open(cut, golden.context(), golden.pair()));
            }
            for (int more : new int[] {1, 16, 128 * 1024}) {
                byte[] longer = Arrays.copyOf(record, record.length + more);
                Refusals.assertRefused(() -> sealer.open(longer, golden.context(), golden.pair()));
            }
            byte[] longerInside = golden.relocked(Arrays.copyOf(inner, inner.length + 1));
            Refusals.assertRefused(() -> sealer.open(longerInside, golden.context(), golden.pair()));
        }
    }

    private static ErrorCode codeOf(Runnable call) {
        try {
            call.run();
        } catch (BullaException e) {
            assertThat(e).hasNoCause();
            return e.code();
        }
        throw new AssertionError("it opened");
    }
}
