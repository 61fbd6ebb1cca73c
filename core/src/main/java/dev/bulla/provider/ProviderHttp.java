package dev.bulla.provider;

/**
 * The one way out. The hardened client behind it follows no redirect, repeats nothing, bounds time and size, and connects only where
 * the host allows. Thread-safe.
 */
public interface ProviderHttp {
    /**
     * Sends and waits for the complete answer, whatever its status.
     *
     * @throws ProviderException {@code TRANSIENT} where no byte of the request left, {@code OUTCOME_UNKNOWN} where one may have
     */
    HttpAnswer send(HttpCall call);
}
