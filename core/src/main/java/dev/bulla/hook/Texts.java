package dev.bulla.hook;

import dev.bulla.provider.WebhookScheme.Clock;
import dev.bulla.provider.WebhookScheme.Coding;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what stands as text in a delivery: strictly, and one way only. */
final class Texts {
    private static final Pattern HEX = Pattern.compile("([0-9A-Fa-f]{2})*");
    private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,14}");

    private Texts() {}

    /** Bytes of any length; of hexadecimal digits both cases count. Empty: not written as such bytes are. */
    static Optional<byte[]> bytes(String text, Coding coding) {
        if (coding == Coding.HEX) {
            if (!HEX.matcher(text).matches()) {
                return Optional.empty();
            }
            byte[] bytes = new byte[text.length() / 2];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(text.substring(2 * i, 2 * i + 2), 16);
            }
            return Optional.of(bytes);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Epoch milliseconds. */
    static Optional<Long> millis(String text, Clock unit) {
        if (unit == Clock.ISO_8601) {
            try {
                Instant time = text.length() > 40
                        ? Instant.MAX
                        : OffsetDateTime.parse(text).toInstant();
                return Optional.of(time.toEpochMilli());
            } catch (DateTimeException | ArithmeticException e) {
                return Optional.empty();
            }
        }
        if (!DIGITS.matcher(text).matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(text);
        return Optional.of(unit == Clock.SECONDS ? number * 1000 : number);
    }
}
