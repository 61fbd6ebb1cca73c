package dev.bulla.seal;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;

/** The errors of this room. Why a record does not open is not told: the reason would help only whoever altered it. */
final class Refusal {
    private Refusal() {}

    static BullaException record() {
        return new BullaException(
                ErrorCode.RECORD_REFUSED,
                "a sealed record does not open under the keys and the row that it belongs to:"
                        + " it was altered, swapped or damaged");
    }

    static BullaException keyRequired() {
        return new BullaException(
                ErrorCode.KEY_REQUIRED, "the record is sealed to a member key, and the session was opened without one");
    }

    static BullaException keyWrong() {
        return new BullaException(
                ErrorCode.KEY_WRONG, "the record is sealed to a member key other than the one of this session");
    }

    static BullaException publicKey() {
        return new BullaException(
                ErrorCode.KEY_ROW_REFUSED, "a member's public key is not of the form that it must have");
    }
}
