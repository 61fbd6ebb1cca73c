package dev.bulla.seal;

/** One way to a record's data key. */
sealed interface Slot permits HostSlot, MemberSlot {
    /** Slots stand in strictly rising order of this: one encoding, and none twice. */
    long order();

    void writeTo(Fields out);

    static Slot read(Cursor in) {
        return switch (in.u8()) {
            case HostSlot.TYPE -> HostSlot.read(in);
            case MemberSlot.TYPE -> MemberSlot.read(in);
            default -> throw Refusal.record();
        };
    }
}
