package dev.bulla.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.key.HostKeyring;
import dev.bulla.key.MemberKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The inner record as whoever holds the ring could write it. */
class RecordParserTest {
    private static final SealContext CONTEXT = new SealContext("acme", "alice", "c1", "a1", "tokens", 7);
    private static final byte[] PAYLOAD = {1, 2, 3};

    private final SecureRandom random = new SecureRandom();
    private final HostKeyring ring = HostKeyring.ephemeral();
    private final OuterLock outer = new OuterLock(ring, random);
    private final Sealer sealer = new Sealer(ring);
    private final MemberPair alice = MemberPair.of(MemberKey.generate());
    private final MemberPair paper = MemberPair.of(MemberKey.generate());
    private final DataKey key = DataKey.fresh(random);

    @Test
    void severalSlotsEachOpen() {
        byte[] both = record(slot(alice, 1), slot(paper, 2));

        assertThat(sealer.open(both, CONTEXT, alice)).isEqualTo(PAYLOAD);
        assertThat(sealer.open(both, CONTEXT, paper)).isEqualTo(PAYLOAD);
        assertThat(sealer.keyNo(both, CONTEXT)).isEqualTo(2);
        Refusals.assertCode(() -> sealer.open(both, CONTEXT), ErrorCode.KEY_REQUIRED);

        byte[] hostToo = record(new HostSlot(key), slot(alice, 1));
        assertThat(sealer.open(hostToo, CONTEXT)).isEqualTo(PAYLOAD);
        assertThat(sealer.open(hostToo, CONTEXT, alice)).isEqualTo(PAYLOAD);
        assertThat(sealer.keyNo(hostToo, CONTEXT)).isZero();
    }

    @Test
    void eightSlotsAreReadAndNineAreNot() {
        Slot[] slots = new Slot[9];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = slot(alice, i + 1);
        }
        byte[] eight = record(Arrays.copyOf(slots, 8));

        assertThat(sealer.open(eight, CONTEXT, alice)).isEqualTo(PAYLOAD);
        Refusals.assertRefused(() -> sealer.open(record(slots), CONTEXT, alice));
        Refusals.assertRefused(() -> sealer.open(record(), CONTEXT, alice));
    }

    @Test
    void slotsStandInOneOrderAndOnce() {
        Refusals.assertRefused(() -> sealer.open(record(slot(paper, 2), slot(alice, 1)), CONTEXT, alice));
        Refusals.assertRefused(() -> sealer.open(record(slot(alice, 1), slot(paper, 1)), CONTEXT, alice));
        Refusals.assertRefused(() -> sealer.open(record(slot(alice, 1), new HostSlot(key)), CONTEXT, alice));
        Refusals.assertRefused(() -> sealer.open(record(new HostSlot(key), new HostSlot(key)), CONTEXT));
    }

    @Test
    void unknownSuiteAndSlotTypesAreRefused() {
        byte[] good = inner(1, new HostSlot(key));
        assertThat(sealer.open(outer.close(good, CONTEXT), CONTEXT)).isEqualTo(PAYLOAD);

        for (int suite : new int[] {0, 2, 0x0100, 0xffff}) {
            byte[] other = outer.close(inner(suite, new HostSlot(key)), CONTEXT);
            Refusals.assertRefused(() -> sealer.open(other, CONTEXT));
        }
        for (int type = 0; type < 256; type++) {
            if (type != HostSlot.TYPE) {
                byte[] other = good.clone();
                other[3] = (byte) type;
                Refusals.assertRefused(() -> sealer.open(outer.close(other, CONTEXT), CONTEXT, alice));
            }
        }
    }

    @Test
    void unknownVersionIsRefusedBeforeAnyKeyIsLookedFor() {
        byte[] record = sealer.sealToHost(CONTEXT, PAYLOAD);
        for (int version = 0; version < 256; version++) {
            if (version != 1) {
                record[4] = (byte) version;
                record[5] = 0x7f;
                Refusals.assertRefused(() -> sealer.open(record, CONTEXT));
                Refusals.assertRefused(() -> sealer.termOf(record));
            }
        }
    }

    @Test
    void aRecordBeyondTheLimitIsRefusedThoughItIsGenuine() {
        byte[] good = sealer.sealToHost(CONTEXT, new byte[128 * 1024 - 141]);
        assertThat(good).hasSize(128 * 1024);
        assertThat(sealer.open(good, CONTEXT)).hasSize(good.length - 141);

        Fields inner = new Fields().u16(InnerRecord.SUITE).u8(1);
        new HostSlot(key).writeTo(inner);
        inner.raw(key.commitment()).raw(key.payloadLock().close(associated(), new byte[128 * 1024 - 140]));
        byte[] header = Arrays.copyOf(good, 41);
        Fields outerAssociated = new Fields().raw(header);
        CONTEXT.writeTo(outerAssociated);
        byte[] salt = Arrays.copyOfRange(header, 9, 41);
        Lock lock = Lock.derive(ring.revealKey(1), salt, Labels.OUTER_LOCK);
        byte[] locked = lock.close(outerAssociated.toBytes(), inner.toBytes());
        byte[] longer = new Fields().raw(header).raw(locked).toBytes();

        assertThat(longer).hasSize(128 * 1024 + 1);
        Refusals.assertRefused(() -> sealer.open(longer, CONTEXT));
        Refusals.assertRefused(() -> sealer.termOf(longer));
    }

    @Test
    void termZeroAndNegativeTermsAreRefused() {
        byte[] record = sealer.sealToHost(CONTEXT, PAYLOAD);
        record[8] = 0;
        Refusals.assertRefused(() -> sealer.termOf(record));
        record[5] = (byte) 0x80;
        Refusals.assertRefused(() -> sealer.termOf(record));
    }

    @Test
    void aCommitmentToAnotherKeyIsRefusedThoughThePayloadWouldOpen() {
        Fields fields = new Fields().u16(InnerRecord.SUITE).u8(1);
        new HostSlot(key).writeTo(fields);
        byte[] forged = fields.raw(DataKey.fresh(random).commitment())
                .raw(key.payloadLock().close(associated(), PAYLOAD))
                .toBytes();

        Refusals.assertRefused(() -> sealer.open(outer.close(forged, CONTEXT), CONTEXT));
    }

    @Test
    void aSlotOfAnotherKeyNumberIsRefused() {
        Fields slot = new Fields();
        slot(alice, 1).writeTo(slot);
        byte[] bytes = slot.toBytes();
        bytes[4] = 2;
        Slot renumbered = Slot.read(new Cursor(bytes));

        Refusals.assertRefused(() -> sealer.open(record(renumbered), CONTEXT, alice));
    }

    @Test
    void whateverStandsThereTheAnswerIsAPayloadOrOneOfFourErrors() {
        long seed = Long.getLong("bulla.seed", System.nanoTime());
        Random chance = new Random(seed);
        Set<ErrorCode> codes = EnumSet.of(
                ErrorCode.RECORD_REFUSED, ErrorCode.HOST_KEY_MISSING, ErrorCode.KEY_REQUIRED, ErrorCode.KEY_WRONG);
        byte[][] goods = {
            inner(1, new HostSlot(key)), inner(1, slot(alice, 1)), inner(1, slot(alice, 1), slot(paper, 2)), new byte[0]
        };
        int opened = 0;
        for (int round = 0; round < 10_000; round++) {
            boolean inside = chance.nextBoolean();
            byte[] bytes = inside ? goods[chance.nextInt(4)] : outer.close(goods[chance.nextInt(4)], CONTEXT);
            bytes = mutated(bytes, chance);
            byte[] record = inside ? outer.close(bytes, CONTEXT) : bytes;
            try {
                byte[] payload =
                        chance.nextBoolean() ? sealer.open(record, CONTEXT) : sealer.open(record, CONTEXT, alice);
                assertThat(payload).isEqualTo(PAYLOAD);
                opened++;
            } catch (BullaException e) {
                assertThat(codes).as("-Dbulla.seed=%d, round %d", seed, round).contains(e.code());
            } catch (RuntimeException | Error e) {
                throw new AssertionError("-Dbulla.seed=" + seed + ", round " + round, e);
            }
        }
        assertThat(opened).as("-Dbulla.seed=%d", seed).isPositive();
    }

    private static byte[] mutated(byte[] good, Random chance) {
        byte[] bytes = good.clone();
        switch (chance.nextInt(6)) {
            case 0 -> {}
            case 1 -> bytes = Arrays.copyOf(bytes, chance.nextInt(bytes.length + 20));
            case 2 -> {
                bytes = new byte[chance.nextInt(400)];
                chance.nextBytes(bytes);
            }
            default -> {
                for (int i = chance.nextInt(4); i >= 0 && bytes.length > 0; i--) {
                    bytes[chance.nextInt(Math.min(bytes.length, 300))] = (byte) chance.nextInt(256);
                }
            }
        }
        return bytes;
    }

    private Slot slot(MemberPair pair, int keyNo) {
        return MemberSlot.seal(key, CONTEXT, pair.publicKey(), keyNo, random);
    }

    private byte[] record(Slot... slots) {
        return outer.close(inner(InnerRecord.SUITE, slots), CONTEXT);
    }

    private byte[] inner(int suite, Slot... slots) {
        Fields fields = new Fields().u16(suite).u8(slots.length);
        for (Slot slot : slots) {
            slot.writeTo(fields);
        }
        return fields.raw(key.commitment())
                .raw(key.payloadLock().close(associated(), PAYLOAD))
                .toBytes();
    }

    private static byte[] associated() {
        Fields fields = new Fields().sized(Labels.PAYLOAD).u16(InnerRecord.SUITE);
        CONTEXT.writeTo(fields);
        return fields.toBytes();
    }
}
