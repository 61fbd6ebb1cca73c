package dev.bulla;

import dev.bulla.model.ConnectError;
import java.net.URI;

/**
 * Where a browser goes when nobody knows where it came from.
 *
 * @param address the first of the host's return addresses; it has no query
 * @param minimal whether the host asked for the minimal return parameters
 */
record FallbackPage(URI address, boolean minimal) {
    URI with(ConnectError error) {
        return URI.create(address + (minimal ? "?bulla=error&code=" : "?bulla_error=") + error.code());
    }
}
