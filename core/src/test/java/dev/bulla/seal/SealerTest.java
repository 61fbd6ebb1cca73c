package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerTest {
    private static final SealContext CONTEXT = new SealContext("acme", "alice", "c1", "a1", "tokens", 7);
    private static final byte[] PAYLOAD = "access and refresh".getBytes(StandardCharsets.UTF_8);

    private final HostKeyring ring = HostKeyring.ephemeral();
    private final Sealer sealer = new Sealer(ring);
    private final MemberPair pair = MemberPair.of(MemberKey.generate());

    @Test
    void hostSealedOpensWithTheRing() {
        byte[] record = sealer.sealToHost(CONTEXT, PAYLOAD);

        assertThat(sealer.open(record, CONTEXT)).isEqualTo(PAYLOAD);
        assertThat(sealer.keyNo(record, CONTEXT)).isZero();
        assertThat(sealer.termOf(record)).isEqualTo(sealer.activeTerm()).isEqualTo(1);
        assertThat(record).hasSize(PAYLOAD.length + 141);
    }

    @Test
    void hostSealedOpensInASessionWithAKeyToo() {
        byte[] record = sealer.sealToHost(CONTEXT, PAYLOAD);

        assertThat(sealer.open(record, CONTEXT, pair)).isEqualTo(PAYLOAD);
    }

    @Test
    void memberSealedOpensWithTheKey() {
        byte[] record = sealer.sealToMember(CONTEXT, pair.publicKey(), 3, PAYLOAD);

        assertThat(sealer.open(record, CONTEXT, pair)).isEqualTo(PAYLOAD);
        assertThat(sealer.keyNo(record, CONTEXT)).isEqualTo(3);
        assertThat(record).hasSize(PAYLOAD.length + 209);
    }

    @Test
    void memberSealedDoesNotOpenWithTheRingAlone() {
        byte[] record = sealer.sealToMember(CONTEXT, pair.publicKey(), 1, PAYLOAD);

        Refusals.assertCode(() -> sealer.open(record, CONTEXT), ErrorCode.KEY_REQUIRED);
    }

    @Test
    void memberSealedDoesNotOpenWithAnotherKey() {
        byte[] record = sealer.sealToMember(CONTEXT, pair.publicKey(), 1, PAYLOAD);
        MemberPair other = MemberPair.of(MemberKey.generate());

        Refusals.assertCode(() -> sealer.open(record, CONTEXT, other), ErrorCode.KEY_WRONG);
    }

    @Test
    void emptyPayloadIsAPayload() {
        byte[] record = sealer.sealToMember(CONTEXT, pair.publicKey(), 1, new byte[0]);

        assertThat(sealer.open(record, CONTEXT, pair)).isEmpty();
    }

    @Test
    void everyWriteIsDifferent() {
        assertThat(sealer.sealToHost(CONTEXT, PAYLOAD)).isNotEqualTo(sealer.sealToHost(CONTEXT, PAYLOAD));
    }

    @Test
    void anotherRingWithTheSameTermNumberIsRefused() {
        byte[] record = sealer.sealToHost(CONTEXT, PAYLOAD);
        Sealer stranger = new Sealer(HostKeyring.ephemeral());

        Refusals.assertRefused(() -> stranger.open(record, CONTEXT));
    }

    @Test
    void longestRecordIsSealedAndALongerOneIsNot() {
        byte[] longest = new byte[128 * 1024 - 141];

        assertThat(sealer.open(sealer.sealToHost(CONTEXT, longest), CONTEXT)).isEqualTo(longest);
        assertThatThrownBy(() -> sealer.sealToHost(CONTEXT, new byte[longest.length + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keyNumbersBeginAtOne() {
        assertThatThrownBy(() -> sealer.sealToMember(CONTEXT, pair.publicKey(), 0, PAYLOAD))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rewrapChangesTheLockAndNothingInside(@TempDir Path directory) {
        Path file = directory.resolve("host.keys");
        HostKeyring first = HostKeyring.create(file);
        byte[] host = new Sealer(first).sealToHost(CONTEXT, PAYLOAD);
        byte[] member = new Sealer(first).sealToMember(CONTEXT, pair.publicKey(), 1, PAYLOAD);
        HostKeyring.activate(file, HostKeyring.stage(file));
        HostKeyring second = HostKeyring.fromFile(file);
        Sealer both = new Sealer(second);

        for (byte[] record : Arrays.asList(host, member)) {
            byte[] rewrapped = both.rewrap(record, CONTEXT);

            assertThat(both.termOf(record)).isEqualTo(1);
            assertThat(both.termOf(rewrapped)).isEqualTo(2);
            assertThat(both.open(rewrapped, CONTEXT, pair)).isEqualTo(PAYLOAD);
            assertThat(inner(second, rewrapped)).isEqualTo(inner(first, record));
            assertThat(both.rewrap(rewrapped, CONTEXT)).isEqualTo(rewrapped);
        }
        HostKeyring.retire(file, 1);
        Sealer alone = new Sealer(HostKeyring.fromFile(file));
        assertThat(alone.open(both.rewrap(member, CONTEXT), CONTEXT, pair)).isEqualTo(PAYLOAD);
        Refusals.assertCode(() -> alone.open(member, CONTEXT, pair), ErrorCode.HOST_KEY_MISSING);
        Refusals.assertCode(() -> alone.rewrap(member, CONTEXT), ErrorCode.HOST_KEY_MISSING);
    }

    @Test
    void rewrapRefusesARecordOfAnotherRow() {
        byte[] record = sealer.sealToHost(CONTEXT, PAYLOAD);
        SealContext other = new SealContext("acme", "bob", "c1", "a1", "tokens", 7);

        Refusals.assertRefused(() -> sealer.rewrap(record, other));
        Refusals.assertRefused(() -> sealer.keyNo(record, other));
    }

    @Test
    void keyOfLowOrderIsRefusedBeforeAnythingIsSealed() {
        MemberPublicKey zero = MemberPublicKey.parse("A".repeat(43));

        Refusals.assertCode(() -> sealer.sealToMember(CONTEXT, zero, 1, PAYLOAD), ErrorCode.KEY_ROW_REFUSED);
    }

    private static byte[] inner(HostKeyring ring, byte[] record) {
        return new OuterLock(ring, new java.security.SecureRandom()).open(record, CONTEXT);
    }
}
