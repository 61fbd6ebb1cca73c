package dev.bulla.limit;

/**
 * How much a service takes, as its vendor says: more is surely refused there. It is no promise that so much is taken; what the service
 * says with a 429 counts beside it.
 *
 * @param per what the vendor counts
 */
public record ApiLimit(Per per, Rate rate) {
    /** What is counted together. */
    public enum Per {
        /** The calls of each account. */
        ACCOUNT,
        /** The calls of all accounts of a connection, because the vendor counts by app. */
        CONNECTION
    }

    public static ApiLimit perAccount(Rate rate) {
        return new ApiLimit(Per.ACCOUNT, rate);
    }

    public static ApiLimit perConnection(Rate rate) {
        return new ApiLimit(Per.CONNECTION, rate);
    }
}
