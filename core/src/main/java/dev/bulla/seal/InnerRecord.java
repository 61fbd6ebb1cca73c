package dev.bulla.seal;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** What stands inside the outer lock: suite, slots, commitment, payload. {@link Sealer} has the layout. */
final class InnerRecord {
    static final int SUITE = 1;
    static final int MAX_SLOTS = 8;

    private final List<Slot> slots;
    private final byte[] commitment;
    private final byte[] payload;

    private InnerRecord(List<Slot> slots, byte[] commitment, byte[] payload) {
        this.slots = slots;
        this.commitment = commitment;
        this.payload = payload;
    }

    static InnerRecord seal(DataKey key, Slot slot, SealContext context, byte[] plain) {
        byte[] payload = key.payloadLock().close(associated(context), plain);
        return new InnerRecord(List.of(slot), key.commitment(), payload);
    }

    static InnerRecord parse(byte[] bytes) {
        Cursor in = new Cursor(bytes);
        if (in.u16() != SUITE) {
            throw Refusal.record();
        }
        int count = in.u8();
        if (count < 1 || count > MAX_SLOTS) {
            throw Refusal.record();
        }
        List<Slot> slots = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Slot slot = Slot.read(in);
            if (i > 0 && slot.order() <= slots.get(i - 1).order()) {
                throw Refusal.record();
            }
            slots.add(slot);
        }
        return new InnerRecord(List.copyOf(slots), in.take(DataKey.COMMITMENT), in.rest());
    }

    byte[] toBytes() {
        Fields out = new Fields().u16(SUITE).u8(slots.size());
        slots.forEach(slot -> slot.writeTo(out));
        return out.raw(commitment).raw(payload).toBytes();
    }

    /** 0 where the host alone can open it, else the highest number of the member keys that can. */
    int keyNo() {
        if (slots.get(0) instanceof HostSlot) {
            return 0;
        }
        return (int) slots.get(slots.size() - 1).order();
    }

    byte[] open(SealContext context) {
        if (slots.get(0) instanceof HostSlot slot) {
            return open(slot.open(), context);
        }
        throw Refusal.keyRequired();
    }

    byte[] open(SealContext context, MemberPair pair) {
        for (Slot slot : slots) {
            if (slot instanceof MemberSlot member && member.isFor(pair.publicKey())) {
                return open(member.open(pair, context), context);
            }
        }
        if (slots.get(0) instanceof HostSlot slot) {
            return open(slot.open(), context);
        }
        throw Refusal.keyWrong();
    }

    private byte[] open(DataKey key, SealContext context) {
        if (!MessageDigest.isEqual(commitment, key.commitment())) {
            throw Refusal.record();
        }
        return key.payloadLock().open(associated(context), payload);
    }

    private static byte[] associated(SealContext context) {
        Fields associated = new Fields().sized(Labels.PAYLOAD).u16(SUITE);
        context.writeTo(associated);
        return associated.toBytes();
    }
}
