package dev.bulla.key;

/** One numbered key of the host. */
final class HostTerm {
    static final int LENGTH = 32;

    final int number;
    final TermState state;
    final byte[] key;

    HostTerm(int number, TermState state, byte[] key) {
        this.number = number;
        this.state = state;
        this.key = key;
    }

    HostTerm with(TermState next) {
        return new HostTerm(number, next, key);
    }

    @Override
    public String toString() {
        return "HostTerm[" + number + ", " + state + "]";
    }
}
