package dev.bulla.seal;

/** The data key as it is, inside the outer lock alone: whoever holds the host's ring opens the record. */
final class HostSlot implements Slot {
    static final int TYPE = 1;

    private final DataKey key;

    HostSlot(DataKey key) {
        this.key = key;
    }

    static HostSlot read(Cursor in) {
        return new HostSlot(DataKey.of(in.take(DataKey.LENGTH)));
    }

    DataKey open() {
        return key;
    }

    @Override
    public long order() {
        return 0;
    }

    @Override
    public void writeTo(Fields out) {
        out.u8(TYPE).raw(key.reveal());
    }
}
