package dev.bulla.handshake;

import dev.bulla.model.ConnectError;
import dev.bulla.model.ConnectedAccount;
import dev.bulla.provider.Provider;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Appends the described parameters to a return address: status and names, never anything secret. Immutable. */
public final class ReturnParameters {
    private final boolean minimal;

    /** @param minimal true: status, connection and code only, without the member's name at the service */
    public ReturnParameters(boolean minimal) {
        this.minimal = minimal;
    }

    URI connected(URI to, Provider provider, String connection, ConnectedAccount account) {
        AddressQuery out = cleared(to, provider);
        if (minimal) {
            out.set("bulla", "connected");
        } else {
            out.set(provider.returnPrefix() + "_connected", "true");
            account.displayName()
                    .ifPresent(name -> out.set(provider.returnPrefix() + "_" + provider.returnIdentity(), name));
        }
        return out.set("connection", connection).toUri();
    }

    URI failed(URI to, @Nullable Provider provider, @Nullable String connection, ConnectError code) {
        AddressQuery out = cleared(to, provider);
        if (minimal) {
            out.set("bulla", "error").set("code", code.code());
        } else {
            out.set((provider == null ? "bulla" : provider.returnPrefix()) + "_error", code.code());
        }
        if (connection != null) {
            out.set("connection", connection);
        }
        return out.toUri();
    }

    /** An address that brings parameters of this kind itself must not speak for the callback. */
    private AddressQuery cleared(URI to, @Nullable Provider provider) {
        AddressQuery out = new AddressQuery(to).remove("connection");
        if (minimal) {
            return out.remove("code");
        }
        String prefix = provider == null ? "bulla" : provider.returnPrefix();
        out.remove(prefix + "_connected").remove(prefix + "_error");
        return provider == null ? out : out.remove(prefix + "_" + provider.returnIdentity());
    }
}
