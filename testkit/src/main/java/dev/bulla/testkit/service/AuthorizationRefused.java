package dev.bulla.testkit.service;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request is not acceptable. Where app and redirect URI are sound the browser goes back there with the error;
 * elsewhere it is told on a page and sent nowhere (RFC 6749 section 4.1.2.1).
 */
public final class AuthorizationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable URI callback;

    AuthorizationRefused(String message, @Nullable URI callback) {
        super(message, null, false, false);
        this.callback = callback;
    }

    /** Where the browser goes, if anywhere. */
    public Optional<URI> callback() {
        return Optional.ofNullable(callback);
    }
}
