package dev.bulla.handshake;

import dev.bulla.model.ConnectError;
import java.util.Objects;

/** Why a callback stops. */
final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ConnectError code;

    /** @param detail for the host's log; never free text of the other side */
    Stop(ConnectError code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    ConnectError code() {
        return code;
    }

    String detail() {
        return Objects.requireNonNull(getMessage());
    }
}
