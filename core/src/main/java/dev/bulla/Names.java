package dev.bulla;

import dev.bulla.error.BullaException;
import dev.bulla.error.ErrorCode;
import dev.bulla.store.Limits;

/** The form of names that a host gives to tenants, members and labels: 1 to 190 characters, no control characters. */
final class Names {
    /** The least that every store takes. */
    private static final int MAX = Limits.TENANT;

    private Names() {}

    static String check(String name, String what) {
        if (name.isEmpty()) {
            throw refused(what);
        }
        return label(name, what);
    }

    static String label(String name, String what) {
        boolean control = name.chars().anyMatch(c -> c < 0x20 || c == 0x7F)
                || name.chars().anyMatch(Character::isISOControl);
        if (name.length() > MAX || control) {
            throw refused(what);
        }
        return name;
    }

    private static BullaException refused(String what) {
        return new BullaException(
                ErrorCode.INVALID_SETTING,
                "a " + what + " has 1 to " + MAX + " characters, none of them a control character");
    }
}
