package dev.bulla.model;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;

/**
 * Who asks from where, as the host saw it; audits say it, and nothing is decided by it.
 *
 * @param remote the caller's address, or the empty string
 * @param clientSession the id that the caller's program gave its session, or the empty string
 */
public record Origin(String remote, String clientSession) {
    /** Nothing is known. */
    public static final Origin UNKNOWN = new Origin("", "");

    private static final int LONGEST = 190;

    /** @throws BullaException {@code INVALID_ARGUMENT} where one is longer than 190 characters, or has control characters */
    public Origin {
        check(remote);
        check(clientSession);
    }

    private static void check(String text) {
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new BullaException(
                    ErrorCode.INVALID_ARGUMENT,
                    "an origin has at most " + LONGEST + " characters in each part, none of them a control character");
        }
    }
}
