package dev.bulla.tool;

/** Which resource a call touches, as far as that is seen before it is sent. */
public sealed interface Sight {
    /** Surely none. */
    record None() implements Sight {}

    /** This one. */
    record Known(Resource resource) implements Sight {}

    /** It may touch any. */
    record Unclear() implements Sight {}

    static Sight none() {
        return new None();
    }

    static Sight known(Resource resource) {
        return new Known(resource);
    }

    static Sight unclear() {
        return new Unclear();
    }
}
