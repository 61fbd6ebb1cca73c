package dev.bulla.seal;

/**
 * A genuine record without its outer lock: it says what it is sealed to before anybody opens it. Made by {@link Sealer#unwrap}. Immutable
 * and thread-safe.
 */
public final class Unwrapped {
    private final InnerRecord inner;
    private final SealContext context;

    Unwrapped(InnerRecord inner, SealContext context) {
        this.inner = inner;
        this.context = context;
    }

    /** The number of the member key that the record is sealed to; 0 where the host opens it alone. */
    public int keyNo() {
        return inner.keyNo();
    }

    /** The payload of a host-sealed record. */
    public byte[] open() {
        return inner.open(context);
    }

    /** The payload of a record that is sealed to the key of this pair, or to the host. */
    public byte[] open(MemberPair pair) {
        return inner.open(context, pair);
    }
}
